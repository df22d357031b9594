package org.howdah.proxy;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.EventLoop;
import org.howdah.transport.Receiver;

/**
 * The connection of a client that is the proxy itself: it has no socket. What the client "sends" is
 * given at the beginning; what it is sent goes to a {@link Listener}. So our own questions stand in
 * the pool's line as everybody's do. Loop thread only.
 */
final class InnerChannel extends Channel {

    private static final SocketAddress NOWHERE = UnixDomainSocketAddress.of("");

    private final EventLoop loop;
    private final ByteBuffer request;
    private final Listener listener;
    private int taken;
    private boolean open = true;
    private boolean paused;
    private boolean delivering;

    /**
     * @param request what the client sends
     */
    InnerChannel(EventLoop loop, byte[] request, Listener listener, Receiver nobody) {
        super(nobody);
        this.loop = loop;
        this.request = ByteBuffer.wrap(request);
        this.listener = listener;
    }

    /** Hears what the client is sent. */
    interface Listener {

        /** Bytes for the client; valid during the call. */
        void heard(byte[] bytes, int offset, int length);

        /** The connection is closed from the proxy's side. */
        void ended();
    }

    /** The client begins. */
    void begin() {
        deliver();
    }

    private void deliver() {
        if (!open || paused || delivering || taken == request.limit()) {
            return;
        }
        delivering = true;
        try {
            taken = receiver().received(request, taken, request.limit());
        } finally {
            delivering = false;
        }
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void send(ByteBuffer source, int offset, int length) {
        byte[] bytes = new byte[length];
        source.get(offset, bytes);
        send(bytes, 0, length);
    }

    @Override
    public void send(byte[] source, int offset, int length) {
        if (open) {
            listener.heard(source, offset, length);
        }
    }

    @Override
    public long backlogBytes() {
        return 0;
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        loop.execute(this::deliver);
    }

    @Override
    public boolean readingPaused() {
        return paused;
    }

    @Override
    public void redeliver() {
        deliver();
    }

    @Override
    public int leftOverBytes() {
        return request.limit() - taken;
    }

    @Override
    public void finish() {
        close();
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            loop.execute(() -> {
                receiver().closed(Closing.BY_US);
                listener.ended();
            });
        }
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public SocketAddress remote() {
        return NOWHERE;
    }

    @Override
    public SocketAddress local() {
        return NOWHERE;
    }

    @Override
    public Optional<String> peerUser() {
        return Optional.empty();
    }

    @Override
    public void moveTo(EventLoop target, Runnable arrived) {
        throw new UnsupportedOperationException("clients stay on their loop");
    }
}
