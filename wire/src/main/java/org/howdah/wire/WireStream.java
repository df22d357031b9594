package org.howdah.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A blocking connection by TCP or a unix socket whose reads do not wait for ever. */
sealed interface WireStream {

    InputStream in() throws IOException;

    OutputStream out() throws IOException;

    void close() throws IOException;

    /** Closes with a reset where the system has one. */
    void abort() throws IOException;

    static WireStream open(SocketAddress address, Duration patience) throws IOException {
        if (address instanceof InetSocketAddress internet) {
            Socket socket = new Socket();
            try {
                int milliseconds = Math.toIntExact(patience.toMillis());
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(milliseconds);
                socket.connect(internet, milliseconds);
                return new Tcp(socket);
            } catch (IOException failed) {
                socket.close();
                throw failed;
            }
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(address);
            return new Unix(channel, patience);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    /** Also with TLS, whose socket is one too. */
    record Tcp(Socket socket) implements WireStream {
        @Override
        public InputStream in() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public OutputStream out() throws IOException {
            return socket.getOutputStream();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        @Override
        public void abort() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** A channel has no read timeout: one that waits too long is closed under the reader. */
    record Unix(SocketChannel channel, Duration patience) implements WireStream {
        @Override
        public InputStream in() {
            return new WatchedInput(channel, patience);
        }

        @Override
        public OutputStream out() {
            return Channels.newOutputStream(channel);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }

        @Override
        public void abort() throws IOException {
            channel.close();
        }
    }
}
