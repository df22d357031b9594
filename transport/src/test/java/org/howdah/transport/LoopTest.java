package org.howdah.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The loop itself: its mailbox, its timers, its end. */
@ParameterizedClass
@MethodSource("org.howdah.transport.TestLoop#transports")
class LoopTest {
    private final TestLoop loop;

    LoopTest(TransportWish wish) {
        loop = TestLoop.start(wish);
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void runsTasksOfManyThreadsInEachOnesOrder() throws InterruptedException {
        int threads = 8;
        int tasks = 5000;
        int[] next = new int[threads];
        CountDownLatch done = new CountDownLatch(threads * tasks);
        List<String> wrong = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            Thread.ofVirtual()
                    .start(() -> {
                        for (int i = 0; i < tasks; i++) {
                            int number = i;
                            loop.loop()
                                    .execute(() -> {
                                        if (next[thread]++ != number) {
                                            wrong.add(thread + ":" + number);
                                        }
                                        done.countDown();
                                    });
                        }
                    });
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong).isEmpty();
    }

    @Test
    void wakesUpForEveryTask() {
        // One at a time, so that the loop sleeps in between.
        for (int i = 0; i < 2000; i++) {
            int number = i;
            assertThat(loop.<Integer>call(() -> number)).isEqualTo(i);
        }
    }

    @Test
    void aTaskThatFailsHarmsNobody() {
        loop.loop()
                .execute(() -> {
                    throw new IllegalStateException("a fault in a task");
                });
        assertThat(loop.<Boolean>call(() -> loop.loop().inLoop())).isTrue();
        assertThat(loop.loop().inLoop()).isFalse();
    }

    @Test
    void runsTimersInTheOrderOfTheirTimes() throws InterruptedException {
        List<String> order = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(3);
        long start = System.nanoTime();
        loop.run(() -> {
            after(30, "third", order, done);
            after(10, "first", order, done);
            after(20, "second", order, done);
        });
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly("first", "second", "third");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
    }

    private void after(int millis, String name, List<String> order, CountDownLatch done) {
        loop.loop()
                .after(
                        Duration.ofMillis(millis),
                        () -> {
                            order.add(name);
                            done.countDown();
                        });
    }

    @Test
    void repeatsUntilItEnds() {
        AtomicInteger ticks = new AtomicInteger();
        loop.loop()
                .every(
                        Duration.ofMillis(1),
                        () -> {
                            if (ticks.incrementAndGet() == 2) {
                                throw new IllegalStateException("one tick fails");
                            }
                        });
        Awaitility.await().until(() -> ticks.get() > 5);
        assertThatThrownBy(() -> loop.loop().every(Duration.ZERO, () -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        loop.close();
        int last = ticks.get();
        loop.close();
        assertThat(ticks).hasValue(last);
    }

    @Test
    void callsAtTheEndOfATurn() {
        List<String> order = new ArrayList<>();
        loop.loop().atEndOfTurn(() -> order.add("end"));
        loop.run(() -> {});
        loop.run(() -> {
            order.clear();
            order.add("task");
        });
        await().untilAsserted(() ->
                assertThat(loop.<List<String>>call(() -> List.copyOf(order)))
                        .startsWith("task", "end"));
    }

    @Test
    void knowsItsTurnsItsTimeAndItsLoad() {
        long turns = loop.loop().turns();
        loop.loop().load();
        long then = loop.<Long>call(() -> loop.loop().turnNanos());
        loop.turns(10);
        await().untilAsserted(() -> assertThat(loop.loop().turns()).isGreaterThan(turns));
        assertThat(loop.<Long>call(() -> loop.loop().turnNanos()) - then).isPositive();
        assertThat(loop.loop().load()).isBetween(0.0, 1.0);
        loop.run(() -> {
            loop.loop().load();
            long until = System.nanoTime() + 50_000_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        });
        assertThat(loop.loop().load()).isPositive();
    }

    @Test
    void anIdleLoopDoesNotTurn() {
        loop.turns(3);
        loop.loop().load();
        long before = loop.loop().turns();
        Awaitility.await()
                .pollDelay(Duration.ofMillis(100))
                .untilAsserted(
                        () -> assertThat(loop.loop().turns()).isLessThanOrEqualTo(before + 2));
    }

    @Test
    void onlyItsThreadMayTouchIt() {
        assertThatThrownBy(() ->
                        loop.loop()
                                .listen(
                                        TestLoop.anyPort(),
                                        SocketSettings.DEFAULTS,
                                        channel -> new Recorder()))
                .isInstanceOf(IllegalStateException.class);
    }
}
