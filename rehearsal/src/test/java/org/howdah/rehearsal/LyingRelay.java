package org.howdah.rehearsal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;

/** Passes everything between clients and a server, but gives a client the row of another. */
final class LyingRelay implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final InetSocketAddress server;
    private final AtomicReference<byte[]> stolen = new AtomicReference<>(new byte[0]);

    private LyingRelay(InetSocketAddress server) throws IOException {
        this.server = server;
    }

    static LyingRelay to(InetSocketAddress server) throws IOException {
        LyingRelay relay = new LyingRelay(server);
        Thread.startVirtualThread(relay::accept);
        return relay;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket link = new Socket(server.getAddress(), server.getPort());
                Thread.startVirtualThread(() -> pass(client, link, this::bytes));
                Thread.startVirtualThread(() -> pass(link, client, this::frames));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private interface Passing {
        void pass(InputStream from, OutputStream to) throws IOException;
    }

    private static void pass(Socket from, Socket to, Passing passing) {
        try (from;
                to) {
            passing.pass(from.getInputStream(), to.getOutputStream());
        } catch (IOException ended) {
            // Then both ends are closed.
        }
    }

    private void bytes(InputStream from, OutputStream to) throws IOException {
        from.transferTo(to);
    }

    private void frames(InputStream from, OutputStream to) throws IOException {
        DataInputStream in = new DataInputStream(from);
        DataOutputStream out = new DataOutputStream(to);
        while (true) {
            byte type = in.readByte();
            int length = in.readInt();
            byte[] body = in.readNBytes(length - 4);
            byte[] other = type == 'D' ? stolen.getAndSet(body) : body;
            boolean fits = other.length == body.length;
            out.writeByte(type);
            out.writeInt(length);
            out.write(fits ? other : body);
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
