package org.howdah.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** However slow a reader is, a writer cannot make the loop's memory grow. */
@ParameterizedClass
@MethodSource("org.howdah.transport.TestLoop#transports")
class BackpressureTest {
    private static final long GIGABYTE = 1L << 30;

    /** What the two sockets' buffers on either side and the loop may hold together. */
    private static final long IN_BETWEEN = 64L << 20;

    /** What the loop may hold for one channel in either direction. */
    private static final int MOST_KEPT = 2 << 20;

    private final TestLoop loop;

    BackpressureTest(TransportWish wish) {
        loop = TestLoop.start(wish);
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    /** Passes on what it gets, no faster than the other side takes it. */
    private static final class Relay extends Recorder {
        private final CompletableFuture<Channel> to;
        long most;

        Relay(CompletableFuture<Channel> to) {
            this.to = to;
        }

        @Override
        public int received(ByteBuffer in, int from, int upTo) {
            Channel next = to.join();
            next.send(in, from, upTo - from);
            most = Math.max(most, next.backlogBytes());
            if (next.congested()) {
                channel().pauseReading();
            }
            return upTo;
        }
    }

    private static final class Drain extends Recorder {
        private final Recorder source;

        Drain(Recorder source) {
            this.source = source;
        }

        @Override
        public void drained() {
            super.drained();
            source.channel().resumeReading();
        }
    }

    @Test
    void passesAGigabyteToASlowReaderInBoundedMemory() throws Exception {
        CompletableFuture<Channel> target = new CompletableFuture<>();
        Relay relay = new Relay(target);
        Drain drain = new Drain(relay);
        Listening in = loop.listen(relay::on);
        Listening out =
                loop.listen(channel -> {
                    target.complete(channel);
                    return drain;
                });
        try (Peer reader = Peer.connect(out.local());
                Peer writer = Peer.connect(in.local())) {
            target.join();
            AtomicLong written = new AtomicLong();
            Thread sender = Thread.ofPlatform().start(() -> write(writer, written));
            Awaitility.await()
                    .until(() -> loop.<Boolean>call(() -> relay.channel().readingPaused()));
            loop.turns(10);
            assertThat(written.get()).isLessThan(IN_BETWEEN);
            assertThat(loop.<Integer>call(() -> relay.channel().leftOverBytes()))
                    .isLessThan(MOST_KEPT);
            assertThat(loop.<Long>call(() -> relay.most)).isLessThan(MOST_KEPT);
            check(reader);
            sender.join();
        }
    }

    private static void write(Peer writer, AtomicLong written) {
        ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
        for (int i = 0; i < block.capacity(); i += 8) {
            block.putLong(i, i);
        }
        try {
            while (written.get() < GIGABYTE) {
                block.clear();
                while (block.hasRemaining()) {
                    written.addAndGet(writer.socket().write(block));
                }
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void check(Peer reader) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
        for (long done = 0; done < GIGABYTE; done += block.capacity()) {
            block.clear();
            while (block.hasRemaining()) {
                assertThat(reader.socket().read(block)).isPositive();
            }
            for (int i = 0; i < block.capacity(); i += 4096) {
                assertThat(block.getLong(i)).isEqualTo(i);
            }
        }
    }
}
