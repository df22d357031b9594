package org.howdah.transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** java.nio's sockets, made and set up. */
final class NioSockets {
    private static final Logger LOG = LoggerFactory.getLogger(NioSockets.class);

    private NioSockets() {}

    static boolean isTcp(SocketAddress address) {
        return address instanceof InetSocketAddress;
    }

    /** A socket that may connect to the address. */
    static SocketChannel open(SocketAddress address, SocketSettings settings) throws IOException {
        return switch (address) {
            case InetSocketAddress tcp -> {
                SocketChannel socket = SocketChannel.open();
                setUp(socket, settings);
                yield socket;
            }
            case UnixDomainSocketAddress unix -> {
                SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
                setBuffers(socket, settings.bufferBytes());
                yield socket;
            }
            default -> throw new UnsupportedAddressTypeException();
        };
    }

    /**
     * Sets a connected or connecting TCP socket up. TCP_USER_TIMEOUT is left out, for java.nio does
     * not know it.
     */
    static void setUp(SocketChannel socket, SocketSettings settings) throws IOException {
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        setBuffers(socket, settings.bufferBytes());
        if (settings.keepAlive().isPresent()) {
            SocketSettings.KeepAlive keepAlive = settings.keepAlive().get();
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            setSeconds(socket, ExtendedSocketOptions.TCP_KEEPIDLE, keepAlive.idle());
            setSeconds(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, keepAlive.interval());
            if (keepAlive.count() > 0) {
                setIfKnown(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, keepAlive.count());
            }
        }
    }

    static void setBuffers(NetworkChannel socket, int bytes) throws IOException {
        if (bytes > 0) {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, bytes);
            setIfKnown(socket, StandardSocketOptions.SO_SNDBUF, bytes);
        }
    }

    private static void setSeconds(
            NetworkChannel socket, SocketOption<Integer> option, Duration time) throws IOException {
        if (time.isPositive()) {
            setIfKnown(socket, option, Math.toIntExact(Math.max(1, time.toSeconds())));
        }
    }

    private static void setIfKnown(NetworkChannel socket, SocketOption<Integer> option, int value)
            throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }

    /** What the system said. */
    static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    static void close(Closeable resource) {
        try {
            resource.close();
        } catch (IOException failure) {
            LOG.debug("Closing {} failed.", resource, failure);
        }
    }
}
