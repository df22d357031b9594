package org.howdah.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener of java.nio. */
final class NioListening implements Listening, NioTransport.Selected {
    private static final Logger LOG = LoggerFactory.getLogger(NioListening.class);

    /** So that a rush of clients does not keep those who are there waiting. */
    private static final int CLIENTS_A_TURN = 64;

    /** After the system has refused; trying at once would only burn the processor. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final NioTransport transport;
    private final ServerSocketChannel socket;
    private final SocketAddress local;
    private final SocketSettings settings;
    private final Acceptor acceptor;
    private final SelectionKey key;

    private NioListening(
            NioTransport transport,
            ServerSocketChannel socket,
            SocketSettings settings,
            Acceptor acceptor)
            throws IOException {
        this.transport = transport;
        this.socket = socket;
        this.local = socket.getLocalAddress();
        this.settings = settings;
        this.acceptor = acceptor;
        this.key = transport.register(socket, SelectionKey.OP_ACCEPT, this);
    }

    static NioListening open(
            NioTransport transport,
            SocketAddress address,
            SocketSettings settings,
            Acceptor acceptor)
            throws IOException {
        ServerSocketChannel socket = bind(address, settings);
        try {
            return new NioListening(transport, socket, settings, acceptor);
        } catch (IOException | RuntimeException failure) {
            NioSockets.close(socket);
            throw failure;
        }
    }

    private static ServerSocketChannel bind(SocketAddress address, SocketSettings settings)
            throws IOException {
        ServerSocketChannel socket =
                address instanceof UnixDomainSocketAddress
                        ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        : ServerSocketChannel.open();
        try {
            switch (address) {
                case UnixDomainSocketAddress unix -> {
                    UnixPath path = new UnixPath(unix.getPath());
                    path.clear();
                    socket.bind(unix, settings.backlog());
                    path.permit(settings.unixMode());
                }
                default -> {
                    socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                    if (settings.reusePort()) {
                        socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
                    }
                    if (settings.bufferBytes() > 0) {
                        socket.setOption(StandardSocketOptions.SO_RCVBUF, settings.bufferBytes());
                    }
                    socket.bind(address, settings.backlog());
                }
            }
            return socket;
        } catch (IOException | RuntimeException failure) {
            NioSockets.close(socket);
            throw failure;
        }
    }

    @Override
    public void ready(int operations) {
        for (int i = 0; i < CLIENTS_A_TURN && key.isValid(); i++) {
            SocketChannel client;
            try {
                client = socket.accept();
            } catch (IOException refused) {
                pause(NioSockets.words(refused));
                return;
            }
            if (client == null) {
                return;
            }
            accepted(client);
        }
    }

    private void accepted(SocketChannel client) {
        NioChannel channel;
        try {
            SocketAddress remote = client.getRemoteAddress();
            if (remote instanceof InetSocketAddress) {
                NioSockets.setUp(client, settings);
            }
            channel = new NioChannel(transport, NoReceiver.NOBODY, remote);
            channel.own(client);
            channel.key(transport.register(client, SelectionKey.OP_READ, channel));
        } catch (IOException gone) {
            LOG.debug("A client of {} has gone before it was accepted.", local, gone);
            NioSockets.close(client);
            return;
        }
        transport.come();
        transport.guarded(channel, () -> channel.receiver(acceptor.accepted(channel)));
    }

    private void pause(String reason) {
        LOG.warn("{} cannot accept a client: {}; trying again.", local, reason);
        NioTransport.interest(key, 0);
        transport
                .loop()
                .after(
                        PAUSE,
                        () -> {
                            if (key.isValid()) {
                                NioTransport.interest(key, SelectionKey.OP_ACCEPT);
                            }
                        });
    }

    @Override
    public SocketAddress local() {
        return local;
    }

    @Override
    public void close() {
        if (socket.isOpen()) {
            NioSockets.close(socket);
            UnixPath.removeOf(local);
        }
    }
}
