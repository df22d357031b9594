package org.howdah.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets by java.nio: runs everywhere. One buffer takes what arrives on any channel; each channel
 * that is ready is read once a turn.
 */
final class NioTransport extends StreamTransport {
    private static final Logger LOG = LoggerFactory.getLogger(NioTransport.class);
    private static final int INBOX = 64 * 1024;

    private final EventLoop.Choice choice;
    private final Selector selector;
    private final ByteBuffer inbox = ByteBuffer.allocateDirect(INBOX);
    private final List<SelectionKey> ready = new ArrayList<>();
    private final Consumer<SelectionKey> collectReady = ready::add;

    /**
     * @param reason why not the other one
     */
    NioTransport(LoopThread loop, String reason) {
        super(loop);
        this.choice = new EventLoop.Choice(TransportKind.NIO, reason);
        try {
            this.selector = Selector.open();
        } catch (IOException failure) {
            throw new TransportException(
                    "No selector for the event loop: " + failure.getMessage(),
                    "Raise the limit on open files (ulimit -n).");
        }
    }

    @Override
    public EventLoop.Choice choice() {
        return choice;
    }

    /** What a key of the selector stands for. */
    interface Selected {
        void ready(int operations);
    }

    @Override
    void awaitSystem(long waitNanos) {
        try {
            if (waitNanos == 0) {
                selector.selectNow(collectReady);
            } else {
                selector.select(collectReady, waitNanos < 0 ? 0 : millisAtLeast(waitNanos));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Rounded up, lest a loop turns without rest in the last millisecond before a timer. */
    private static long millisAtLeast(long nanos) {
        return (nanos + 999_999) / 1_000_000;
    }

    @Override
    boolean deliverFromSystem() {
        for (int i = 0; i < ready.size(); i++) {
            SelectionKey key = ready.get(i);
            if (key.isValid()) {
                ((Selected) key.attachment()).ready(key.readyOps());
            }
        }
        boolean any = !ready.isEmpty();
        ready.clear();
        return any;
    }

    /** The loop's buffer, empty. */
    ByteBuffer inbox() {
        return inbox.clear();
    }

    SelectionKey register(SelectableChannel socket, int operations, Selected selected)
            throws IOException {
        socket.configureBlocking(false);
        if (socket.keyFor(selector) != null) {
            // It was here before: only a selection forgets the key that was canceled then.
            selector.selectNow(collectReady);
        }
        return socket.register(selector, operations, selected);
    }

    @Override
    public Listening listen(SocketAddress address, SocketSettings settings, Acceptor acceptor)
            throws IOException {
        return NioListening.open(this, address, settings, acceptor);
    }

    @Override
    public Channel connect(SocketAddress address, SocketSettings settings, Receiver receiver) {
        NioChannel channel = new NioChannel(this, receiver, address);
        channel.startConnecting();
        come();
        try {
            SocketChannel socket = NioSockets.open(address, settings);
            channel.own(socket);
            boolean atOnce = socket.connect(address);
            if (!atOnce && !NioSockets.isTcp(address)) {
                throw new IOException("Resource temporarily unavailable");
            }
            channel.key(register(socket, SelectionKey.OP_CONNECT, channel));
            if (atOnce) {
                channel.connectedAtOnce();
            }
        } catch (UnresolvedAddressException unknown) {
            channel.failed("Name or service not known");
        } catch (UnsupportedAddressTypeException | IOException failure) {
            channel.failed(NioSockets.words(failure));
        }
        return channel;
    }

    @Override
    public void adopt(StreamChannel channel) {
        come();
        ((NioChannel) channel).registerAgain();
    }

    @Override
    public void wakeUp() {
        try {
            selector.wakeup();
        } catch (ClosedSelectorException ended) {
            LOG.debug("The loop ended before it could be woken up.", ended);
        }
    }

    @Override
    public void close() {
        for (SelectionKey key : selector.keys()) {
            NioSockets.close(key.channel());
            if (key.attachment() instanceof NioListening listening) {
                listening.close();
            }
        }
        NioSockets.close(selector);
    }

    /** Changes what a key waits for; the key of a channel that is closed is left alone. */
    static void interest(SelectionKey key, int operations) {
        try {
            if (key.interestOps() != operations) {
                key.interestOps(operations);
            }
        } catch (CancelledKeyException closed) {
            LOG.debug("Interest in a channel that is closed.", closed);
        }
    }
}
