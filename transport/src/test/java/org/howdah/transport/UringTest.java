package org.howdah.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What only io_uring can run out of. */
class UringTest {
    private static final int FEW = 40;

    @BeforeEach
    void thisMachineGrantsIt() {
        assumeThat(TestLoop.transports()).contains(TransportWish.IO_URING);
    }

    private static List<Peer> connect(Listening listening, int count) throws IOException {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(Peer.connect(listening.local()));
        }
        return peers;
    }

    private static Acceptor recording(ConcurrentLinkedQueue<Recorder> all) {
        return channel -> {
            Recorder recorder = new Recorder();
            all.add(recorder);
            return recorder.on(channel);
        };
    }

    @Test
    void saysHowItWorks() {
        try (TestLoop loop = TestLoop.start(TransportWish.IO_URING)) {
            assertThat(loop.loop().choice().kind()).isEqualTo(TransportKind.IO_URING);
            assertThat(loop.loop().choice().reason())
                    .contains("COOP_TASKRUN")
                    .contains("direct descriptors");
        }
    }

    /** As older kernels would. */
    @ParameterizedTest
    @MethodSource("abilities")
    void worksWithFewerAbilities(RingAbilities abilities) throws IOException {
        ConcurrentLinkedQueue<Recorder> servers = new ConcurrentLinkedQueue<>();
        try (TestLoop loop =
                new TestLoop(
                        LoopThread.start(
                                "older",
                                thread -> UringTransport.open(thread, List.of(abilities), FEW)))) {
            assertThat(loop.loop().choice().reason()).startsWith(abilities.names() + ",");
            List<Peer> peers = connect(loop.listen(recording(servers)), 10);
            Awaitility.await().until(() -> servers.size() == peers.size());
            servers.forEach(
                    server -> loop.run(() -> server.channel().send(Peer.bytes("hello"), 0, 5)));
            for (Peer peer : peers) {
                assertThat(peer.receiveText(5)).isEqualTo("hello");
                peer.send("x");
                peer.close();
            }
            assertThat(servers).allMatch(s -> s.closing().equals(Closing.BY_PEER));
            assertThat(servers).allMatch(s -> s.text().equals("x"));
        }
    }

    private static List<RingAbilities> abilities() {
        return RingAbilities.BEST_FIRST;
    }

    @Test
    void bestIsIoUring() {
        try (TestLoop loop = TestLoop.start(TransportWish.BEST)) {
            assertThat(loop.loop().choice().kind()).isEqualTo(TransportKind.IO_URING);
        }
    }

    @Test
    void saysWhatAKernelRefuses() {
        assertThatThrownBy(() ->
                        LoopThread.start(
                                "refused",
                                loop -> {
                                    throw Ring.refused("io_uring_setup: not permitted");
                                }))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        refused -> assertThat(refused.hint()).contains("io_uring_disabled"))
                .hasMessage("io_uring_setup: not permitted");
    }

    @Test
    void receivesFromMoreChannelsAtOnceThanThereAreBuffers() throws Exception {
        ConcurrentLinkedQueue<Recorder> servers = new ConcurrentLinkedQueue<>();
        try (TestLoop loop = TestLoop.start(TransportWish.IO_URING)) {
            Listening listening = loop.listen(recording(servers));
            List<Peer> peers = connect(listening, 1200);
            Awaitility.await().until(() -> servers.size() == peers.size());
            CountDownLatch sent = new CountDownLatch(1);
            loop.loop().execute(() -> awaitQuietly(sent));
            for (Peer peer : peers) {
                peer.send(new byte[20_000]);
            }
            sent.countDown();
            Awaitility.await()
                    .until(() -> servers.stream().allMatch(s -> s.bytes().length == 20_000));
            peers.forEach(Peer::close);
            Awaitility.await().until(() -> loop.<Integer>call(() -> loop.loop().channels()) == 0);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    @Test
    void clientsThatDoNotFitTheRingsTableGetOrdinaryDescriptors() throws IOException {
        ConcurrentLinkedQueue<Recorder> servers = new ConcurrentLinkedQueue<>();
        try (TestLoop loop =
                new TestLoop(
                        LoopThread.start(
                                "few",
                                thread ->
                                        UringTransport.open(
                                                thread, RingAbilities.BEST_FIRST, FEW)))) {
            Listening listening = loop.listen(recording(servers));
            for (int round = 0; round < 3; round++) {
                List<Peer> peers = connect(listening, 3 * FEW);
                Awaitility.await().until(() -> servers.size() == peers.size());
                assertThat(servers.stream().filter(UringTest::isDirect).count())
                        .isBetween(1L, (long) FEW);
                for (Peer peer : peers) {
                    peer.send("x");
                }
                Awaitility.await()
                        .until(() -> servers.stream().allMatch(s -> s.text().equals("x")));
                peers.forEach(Peer::close);
                Awaitility.await()
                        .until(() -> loop.<Integer>call(() -> loop.loop().channels()) == 0);
                servers.clear();
            }
        }
    }

    private static boolean isDirect(Recorder server) {
        return Handles.isDirect(((UringChannel) server.channel()).handle());
    }

    @Test
    void clientsHaveTheSettingsOfTheirListener() throws IOException {
        SocketSettings settings =
                new SocketSettings(
                        16,
                        false,
                        Optional.of(
                                new SocketSettings.KeepAlive(
                                        Duration.ofSeconds(71), Duration.ofSeconds(13), 4)),
                        Duration.ofMillis(9_876),
                        0,
                        0);
        Recorder server = new Recorder();
        try (TestLoop loop =
                        new TestLoop(
                                LoopThread.start(
                                        "plain",
                                        t -> UringTransport.open(t, RingAbilities.BEST_FIRST, 0)));
                Peer peer =
                        Peer.connect(
                                loop.listen(TestLoop.anyPort(), settings, server::on).local())) {
            int descriptor = Handles.number(((UringChannel) server.channel()).handle());
            assertThat(peer.socket().isConnected()).isTrue();
            // SO_KEEPALIVE, TCP_NODELAY, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT, TCP_USER_TIMEOUT
            assertThat(option(descriptor, 1, 9)).isEqualTo(1);
            assertThat(option(descriptor, 6, 1)).isPositive();
            assertThat(option(descriptor, 6, 4)).isEqualTo(71);
            assertThat(option(descriptor, 6, 5)).isEqualTo(13);
            assertThat(option(descriptor, 6, 6)).isEqualTo(4);
            assertThat(option(descriptor, 6, 18)).isEqualTo(9_876);
        }
    }

    private static int option(int descriptor, int level, int option) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, Integer.BYTES);
            assertThat(new SystemCalls(arena).getsockopt(descriptor, level, option, value, length))
                    .isZero();
            return value.get(ValueLayout.JAVA_INT, 0);
        }
    }
}
