package org.howdah.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/** A socket of java.nio. */
final class NioChannel extends StreamChannel implements NioTransport.Selected {
    private static final UnixDomainSocketAddress UNNAMED = UnixDomainSocketAddress.of("");

    private NioTransport transport;
    private final SocketAddress remote;
    private @Nullable SocketChannel socket;
    private @Nullable SelectionKey key;

    NioChannel(NioTransport transport, Receiver receiver, SocketAddress remote) {
        super(receiver);
        this.transport = transport;
        this.remote = remote;
    }

    void own(SocketChannel opened) {
        socket = opened;
    }

    void key(SelectionKey registered) {
        key = registered;
    }

    private SocketChannel socket() {
        return Objects.requireNonNull(socket);
    }

    @Override
    StreamTransport sockets() {
        return transport;
    }

    @Override
    void sockets(StreamTransport next) {
        transport = (NioTransport) next;
    }

    @Override
    public void ready(int operations) {
        if (departed() || moving()) {
            return;
        }
        if ((operations & SelectionKey.OP_CONNECT) != 0) {
            finishConnecting();
            return;
        }
        if ((operations & SelectionKey.OP_READ) != 0) {
            if (reads()) {
                read();
            } else {
                interestWithout(SelectionKey.OP_READ);
            }
        }
        if ((operations & SelectionKey.OP_WRITE) != 0 && !departed() && !moving()) {
            interestWithout(SelectionKey.OP_WRITE);
            flush();
        }
    }

    // Connecting

    private void finishConnecting() {
        try {
            if (socket().finishConnect()) {
                interestWithout(SelectionKey.OP_CONNECT);
                connected();
            }
        } catch (IOException failure) {
            failed(NioSockets.words(failure));
        }
    }

    /**
     * A unix socket is connected before {@code connect} returns; the receiver is told in a turn.
     */
    void connectedAtOnce() {
        transport
                .loop()
                .execute(() -> {
                    if (!departed()) {
                        interestWithout(SelectionKey.OP_CONNECT);
                        connected();
                    }
                });
    }

    // Reading

    private void read() {
        ByteBuffer inbox = transport.inbox();
        int count;
        try {
            count = socket().read(inbox);
        } catch (IOException failure) {
            readFailed(NioSockets.words(failure));
            return;
        }
        if (count > 0) {
            arrived(inbox, 0, count);
        } else if (count < 0) {
            interestWithout(SelectionKey.OP_READ);
            ended();
        }
    }

    @Override
    void listenForBytes() {
        interestWith(SelectionKey.OP_READ);
    }

    // Sending

    @Override
    void flush() {
        if (key != null && key.isValid() && (key.interestOps() & SelectionKey.OP_WRITE) != 0) {
            return;
        }
        for (Chunk chunk = firstUnsent(); chunk != null && !departed(); chunk = firstUnsent()) {
            int count = write(chunk);
            if (count < 0) {
                return;
            }
            boolean all = count == chunk.length();
            if (count > 0) {
                sent(count);
            }
            if (!all) {
                interestWith(SelectionKey.OP_WRITE);
                return;
            }
        }
    }

    private int write(Chunk chunk) {
        try {
            return socket().write(chunk.bytes.limit(chunk.to).position(chunk.from));
        } catch (IOException failure) {
            sendFailed(NioSockets.words(failure));
            return -1;
        } finally {
            chunk.bytes.clear();
        }
    }

    @Override
    void shutDownOutput() {
        try {
            socket().shutdownOutput();
        } catch (IOException failure) {
            failed(NioSockets.words(failure));
        }
    }

    // Ending and moving

    @Override
    void release(Closing why) {
        if (socket != null) {
            NioSockets.close(socket);
        }
        transport.gone(this, why);
    }

    @Override
    void unregister() {
        Objects.requireNonNull(key).cancel();
        key = null;
        transport.letGo(this);
    }

    void registerAgain() {
        try {
            key = transport.register(socket(), 0, this);
        } catch (IOException failure) {
            failed(NioSockets.words(failure));
        }
    }

    @Override
    void abandon() {
        NioSockets.close(socket());
    }

    private void interestWith(int operations) {
        if (key != null && key.isValid()) {
            NioTransport.interest(key, key.interestOps() | operations);
        }
    }

    private void interestWithout(int operations) {
        if (key != null && key.isValid()) {
            NioTransport.interest(key, key.interestOps() & ~operations);
        }
    }

    // Addresses

    @Override
    public SocketAddress remote() {
        return remote;
    }

    @Override
    public Optional<String> peerUser() {
        if (!(remote instanceof UnixDomainSocketAddress) || departed()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    socket().getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public SocketAddress local() {
        try {
            SocketAddress own = socket == null ? null : socket.getLocalAddress();
            return own == null ? UNNAMED : own;
        } catch (IOException closed) {
            return UNNAMED;
        }
    }
}
