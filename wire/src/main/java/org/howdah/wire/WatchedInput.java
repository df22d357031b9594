package org.howdah.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads from a channel; a read that waits too long ends because the channel is closed under it. One
 * alarm at most is set, however many reads there are.
 */
final class WatchedInput extends InputStream {

    private static final long NOT_WAITING = 0;

    private final SocketChannel channel;
    private final InputStream in;
    private final long patienceNanos;
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile long waitingSince = NOT_WAITING;
    private volatile boolean tooLate;

    WatchedInput(SocketChannel channel, Duration patience) {
        this.channel = channel;
        this.in = Channels.newInputStream(channel);
        this.patienceNanos = patience.toNanos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        // Odd, so that it is never the value for not waiting.
        waitingSince = System.nanoTime() | 1;
        watch(patienceNanos);
        try {
            return in.read(target, offset, length);
        } catch (AsynchronousCloseException closed) {
            if (tooLate) {
                throw new SocketTimeoutException("The peer sent nothing in time.");
            }
            throw closed;
        } finally {
            waitingSince = NOT_WAITING;
        }
    }

    private void watch(long nanos) {
        if (watched.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(this::look);
        }
    }

    private void look() {
        watched.set(false);
        long since = waitingSince;
        if (since == NOT_WAITING) {
            return;
        }
        long left = since + patienceNanos - System.nanoTime();
        if (left > 0) {
            watch(left);
            return;
        }
        tooLate = true;
        try {
            channel.close();
        } catch (IOException gone) {
            // Then it is closed.
        }
    }
}
