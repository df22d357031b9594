package org.howdah.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The other end of a connection: an ordinary blocking socket in the test's thread. */
record Peer(SocketChannel socket) implements Closeable {

    static Peer connect(SocketAddress address) throws IOException {
        return new Peer(SocketChannel.open(address));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void send(String text) throws IOException {
        send(bytes(text));
    }

    void send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            socket.write(buffer);
        }
    }

    /** Reads exactly this many bytes, fewer only at the end of the stream. */
    byte[] receive(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && socket.read(buffer) >= 0) {
            Thread.onSpinWait();
        }
        byte[] got = new byte[buffer.flip().remaining()];
        buffer.get(got);
        return got;
    }

    String receiveText(int count) throws IOException {
        return new String(receive(count), StandardCharsets.US_ASCII);
    }

    boolean atEnd() throws IOException {
        return socket.read(ByteBuffer.allocate(1)) < 0;
    }

    /** Closes so that the other end gets a reset. */
    void reset() throws IOException {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
