package org.howdah.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both ends of many connections do anything that a receiver may do, at random: nothing is lost,
 * doubled or told on the wrong loop, and every channel ends once.
 */
@ParameterizedClass
@MethodSource("org.howdah.transport.TestLoop#transports")
class ChaosTest {
    private static final int CONNECTIONS = 60;
    private static final int ACTIONS = 120;

    private final TestLoop first;
    private final TestLoop second;
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

    ChaosTest(TransportWish wish) {
        first = TestLoop.start(wish);
        second = TestLoop.start(wish);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    /** One end; sends the numbers from 0 on and expects them. */
    private final class End implements Receiver {
        private final CompletableFuture<Closing> closed = new CompletableFuture<>();
        private final Random random;
        private final List<Later> pending = new ArrayList<>();
        private final Channel channel;
        private long nextIn;
        private long nextOut;
        private int actionsLeft = ACTIONS;
        private boolean onTheWay;
        private volatile boolean brutal;

        End(Channel channel, long seed) {
            this.channel = channel;
            this.random = new Random(seed);
        }

        @Override
        public int received(ByteBuffer in, int from, int to) {
            check(!onTheWay && channel.loop().inLoop() && !closed.isDone());
            check(!channel.readingPaused());
            int at = from;
            int most = random.nextInt(4) == 0 ? from + random.nextInt(to - from) : to;
            for (; at + Long.BYTES <= most; at += Long.BYTES) {
                check(in.getLong(at) == nextIn++);
            }
            if (at < to) {
                // The end of the peer would drop what is left over.
                channel.pauseReading();
                resumeSoon();
            }
            act(at == to);
            return at;
        }

        private void check(boolean fine) {
            if (!fine) {
                AssertionError fault = new AssertionError("after " + nextIn + " numbers");
                faults.add(fault);
                throw fault;
            }
        }

        private void act(boolean allTaken) {
            if (actionsLeft-- <= 0) {
                brutal |= random.nextInt(4) == 0;
                if (brutal) {
                    channel.close();
                } else {
                    channel.finish();
                }
                return;
            }
            switch (random.nextInt(6)) {
                case 0 -> {
                    channel.pauseReading();
                    resumeSoon();
                }
                case 1 -> move();
                case 2 -> send(random.nextInt(20_000));
                case 3 -> {
                    if (allTaken) {
                        channel.pauseReading();
                        channel.resumeReading();
                    }
                    send(1);
                }
                default -> send(1 + random.nextInt(50));
            }
        }

        private void send(int numbers) {
            if (channel.congested()) {
                return;
            }
            ByteBuffer bytes = ByteBuffer.allocate(numbers * Long.BYTES);
            for (int i = 0; i < numbers; i++) {
                bytes.putLong(nextOut + i);
            }
            if (channel.open()) {
                channel.send(bytes, 0, bytes.position());
                nextOut += numbers;
            }
        }

        private void move() {
            if (!channel.open() || channel.backlogBytes() > 0) {
                send(1);
                return;
            }
            TestLoop target = first.loop().inLoop() ? second : first;
            pending.forEach(later -> later.canceled = true);
            pending.clear();
            onTheWay = true;
            channel.moveTo(target.loop(), this::arrived);
        }

        private void arrived() {
            onTheWay = false;
            check(channel.loop().inLoop());
            send(1);
            resumeSoon();
        }

        private void resumeSoon() {
            Later later = new Later();
            pending.add(later);
            if (random.nextBoolean()) {
                channel.loop().execute(later);
            } else {
                channel.loop().after(Duration.ofMillis(1), later);
            }
        }

        private final class Later implements Runnable {
            private boolean canceled;

            @Override
            public void run() {
                if (!canceled) {
                    pending.remove(this);
                    channel.resumeReading();
                    if (channel.open()) {
                        act(true);
                    }
                }
            }
        }

        @Override
        public void drained() {
            check(!onTheWay && channel.loop().inLoop() && !closed.isDone());
        }

        @Override
        public void connected() {
            send(1);
        }

        @Override
        public void closed(Closing why) {
            check(channel.loop().inLoop());
            pending.forEach(later -> later.canceled = true);
            check(closed.complete(why));
        }
    }

    @RepeatedTest(3)
    void nothingIsLostWhateverReceiversDo() {
        List<End> accepting = new ArrayList<>();
        List<End> connecting = new ArrayList<>();
        long seed = new Random().nextLong();
        SocketAddress address =
                first.listen(channel -> add(accepting, new End(channel, seed + accepting.size())))
                        .local();
        for (int i = 0; i < CONNECTIONS; i++) {
            second.run(() -> connecting.add(connect(address, seed - connecting.size() - 1)));
            // One at a time, so that the two ends have the same place in their lists.
            Awaitility.await()
                    .pollInterval(1, TimeUnit.MILLISECONDS)
                    .until(() -> first.call(accepting::size).equals(connecting.size()));
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            End one = accepting.get(i);
            End other = connecting.get(i);
            CompletableFuture.allOf(one.closed, other.closed)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertAllRead(one, other);
            assertAllRead(other, one);
        }
        assertThat(faults).as("seed %s", seed).isEmpty();
        assertThat(first.<Integer>call(() -> first.loop().channels())).isZero();
        assertThat(second.<Integer>call(() -> second.loop().channels())).isZero();
    }

    private static End add(List<End> ends, End end) {
        ends.add(end);
        return end;
    }

    private End connect(SocketAddress address, long seed) {
        // The channel needs its receiver and the receiver its channel.
        Recorder nobody = new Recorder();
        Channel channel = second.loop().connect(address, SocketSettings.DEFAULTS, nobody);
        End end = new End(channel, seed);
        channel.receiver(end);
        return end;
    }

    /** Whoever was told of the end by a peer that ended in order has read all that it sent. */
    private static void assertAllRead(End reader, End writer) {
        if (reader.closed.join().equals(Closing.BY_PEER) && !writer.brutal) {
            assertThat(reader.nextIn).isEqualTo(writer.nextOut);
        }
    }
}
