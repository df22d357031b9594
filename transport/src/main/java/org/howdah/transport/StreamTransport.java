package org.howdah.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a transport does whatever the system's interface: it lends memory to its channels and
 * remembers which of them have something to send, to tell, or have gone.
 */
abstract class StreamTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(StreamTransport.class);
    private static final int SPARE_BACKLOGS = 1024;

    private final LoopThread loop;
    private final ChunkPool pool = new ChunkPool();
    private final ArrayDeque<Backlog> spareBacklogs = new ArrayDeque<>();
    private final IdentityHashMap<StreamChannel, StreamChannel.Arrival> leaving =
            new IdentityHashMap<>();
    private final ArrayDeque<StreamChannel> news = new ArrayDeque<>();
    private final ArrayDeque<Departure> departures = new ArrayDeque<>();
    private List<SendingChannel> unsent = new ArrayList<>();
    private List<SendingChannel> flushing = new ArrayList<>();
    private @Nullable TlsBuffers tls;
    private int channels;

    StreamTransport(LoopThread loop) {
        this.loop = loop;
    }

    /** Waits until something happens; what was collected has been given to the system. */
    abstract void awaitSystem(long waitNanos);

    /** Tells the receivers what the system told. */
    abstract boolean deliverFromSystem();

    static StreamTransport of(EventLoop loop) {
        return (StreamTransport) ((LoopThread) loop).sockets();
    }

    final LoopThread loop() {
        return loop;
    }

    final ChunkPool pool() {
        return pool;
    }

    /** Made for the first channel that needs them. */
    final TlsBuffers tls() {
        TlsBuffers shared = tls;
        if (shared == null) {
            shared = new TlsBuffers();
            tls = shared;
        }
        return shared;
    }

    // The turn

    @Override
    public final void await(long waitNanos) {
        if (tls != null) {
            tls.encryptCollected();
        }
        flushCollected();
        awaitSystem(news.isEmpty() && departures.isEmpty() ? waitNanos : 0);
    }

    private void flushCollected() {
        List<SendingChannel> now = unsent;
        unsent = flushing;
        flushing = now;
        for (int i = 0; i < now.size(); i++) {
            now.get(i).flushCollected();
        }
        now.clear();
    }

    @Override
    public final boolean deliver() {
        boolean any = deliverFromSystem();
        // What comes up while telling waits for the next turn, so that this one ends.
        for (int left = news.size(); left > 0; left--) {
            news.remove().tellNews();
            any = true;
        }
        for (int left = departures.size(); left > 0; left--) {
            Departure departure = departures.remove();
            StreamChannel channel = departure.channel;
            channel.dropBytes();
            guarded(channel, () -> channel.receiver().closed(departure.why));
            any = true;
        }
        return any;
    }

    final void unsent(SendingChannel channel) {
        unsent.add(channel);
    }

    final void news(StreamChannel channel) {
        news.add(channel);
    }

    // Coming and going

    final void come() {
        channels++;
    }

    /** The channel's socket is gone; its receiver will be told. */
    final void gone(StreamChannel channel, Closing why) {
        channels--;
        departures.add(new Departure(channel, why));
    }

    final void leaves(StreamChannel channel, StreamChannel.Arrival arrival) {
        leaving.put(channel, arrival);
    }

    /** Whether only the system keeps the channel from going to its new loop. */
    final boolean isLeaving(StreamChannel channel) {
        return leaving.containsKey(channel);
    }

    /** The channel has nothing to send, and what it has to tell it tells elsewhere. */
    final void unlist(StreamChannel channel) {
        news.remove(channel);
        unsent.remove(channel);
    }

    /** We hear nothing of the channel any more: it may go to its new loop. */
    final void letGo(StreamChannel channel) {
        channels--;
        StreamChannel.Arrival arrival = Objects.requireNonNull(leaving.remove(channel));
        arrival.target().execute(arrival);
    }

    @Override
    public final int channels() {
        return channels;
    }

    // Calls that may fail

    /** Calls a receiver; a channel whose receiver fails is closed. */
    final void guarded(SendingChannel channel, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error failure) {
            receiverFailed(channel, failure);
        }
    }

    final void receiverFailed(SendingChannel channel, Throwable failure) {
        LOG.error(
                "The receiver of {} has failed; the connection is closed.",
                channel.remote(),
                failure);
        channel.failed(String.valueOf(failure));
    }

    // Memory

    final Backlog takeBacklog() {
        Backlog spare = spareBacklogs.poll();
        return spare == null ? new Backlog(pool) : spare;
    }

    final void giveBacklog(Backlog backlog) {
        backlog.clear();
        if (spareBacklogs.size() < SPARE_BACKLOGS) {
            spareBacklogs.push(backlog);
        }
    }

    /** Appends bytes to what was kept before. */
    final Chunk keep(@Nullable Chunk kept, ByteBuffer in, int from, int to) {
        int length = to - from;
        Chunk chunk = kept;
        if (chunk == null) {
            chunk = pool.take(length);
        } else if (chunk.room() < length) {
            chunk = replace(chunk, Math.addExact(chunk.length(), length));
        }
        chunk.append(in, from, length);
        return chunk;
    }

    /** Gives back what a chunk does not need. */
    final @Nullable Chunk trim(Chunk chunk) {
        if (chunk.length() == 0) {
            pool.give(chunk);
            return null;
        }
        boolean wasteful = chunk.length() < chunk.bytes.capacity() / 8;
        return wasteful && chunk.bytes.capacity() > ChunkPool.SMALLEST
                ? replace(chunk, chunk.length())
                : chunk;
    }

    private Chunk replace(Chunk old, int capacity) {
        Chunk next = pool.take(capacity);
        next.append(old.bytes, old.from, old.length());
        pool.give(old);
        return next;
    }

    private record Departure(StreamChannel channel, Closing why) {}
}
