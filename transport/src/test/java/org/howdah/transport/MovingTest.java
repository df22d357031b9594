package org.howdah.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A channel changes loops and loses nothing. */
@ParameterizedClass
@MethodSource("org.howdah.transport.TestLoop#transports")
class MovingTest {
    private final TestLoop first;
    private final TestLoop second;

    MovingTest(TransportWish wish) {
        first = TestLoop.start(wish);
        second = TestLoop.start(wish);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    /** Checks on which loop it is called and that bytes come in order; moves now and then. */
    private final class Wanderer extends Recorder {
        private final CompletableFuture<Channel> mine = new CompletableFuture<>();
        private long next;
        private int moves;
        private boolean onTheWay;

        @Override
        public int received(ByteBuffer in, int from, int to) {
            assertThat(onTheWay).isFalse();
            assertThat(mine.join().loop().inLoop()).isTrue();
            int at = from;
            for (; at + 8 <= to; at += 8) {
                assertThat(in.getLong(at)).isEqualTo(next++);
            }
            if (next / 5000 > moves) {
                moves++;
                onTheWay = true;
                TestLoop target = first.loop().inLoop() ? second : first;
                mine.join()
                        .moveTo(
                                target.loop(),
                                () -> {
                                    assertThat(target.loop().inLoop()).isTrue();
                                    onTheWay = false;
                                });
            }
            return at;
        }
    }

    @Test
    void movesBackAndForthWhileDataArrives() throws Exception {
        int numbers = 2_000_000;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Wanderer wanderer = new Wanderer();
            first.run(() ->
                    wanderer.mine.complete(
                            first.loop()
                                    .connect(
                                            listener.getLocalSocketAddress(),
                                            SocketSettings.DEFAULTS,
                                            wanderer)));
            try (Socket peer = listener.accept()) {
                ByteBuffer all = ByteBuffer.allocate(numbers * 8);
                for (long i = 0; i < numbers; i++) {
                    all.putLong(i);
                }
                peer.getOutputStream().write(all.array());
            }
            assertThat(wanderer.closing()).isEqualTo(Closing.BY_PEER);
            assertThat(wanderer.next).isEqualTo(numbers);
            assertThat(wanderer.moves).isGreaterThan(5);
            assertThat(first.<Integer>call(() -> first.loop().channels())).isZero();
            assertThat(second.<Integer>call(() -> second.loop().channels())).isZero();
        }
    }

    @Test
    void anAcceptedChannelMovesWithWhatWasLeftOver() throws IOException {
        Recorder server = new Recorder();
        server.takes = offered -> 2;
        Listening listening = first.listen(server::on);
        try (Peer peer = Peer.connect(listening.local())) {
            peer.send("abcdef");
            server.awaitText("ab");
            CompletableFuture<Integer> arrived = new CompletableFuture<>();
            first.run(() ->
                    server.channel()
                            .moveTo(
                                    second.loop(),
                                    () -> arrived.complete(server.channel().leftOverBytes())));
            assertThat(arrived.join()).isEqualTo(4);
            second.run(() -> {
                server.takes = offered -> offered;
                server.channel().redeliver();
                server.channel().send(Peer.bytes("here"), 0, 4);
            });
            assertThat(peer.receiveText(4)).isEqualTo("here");
            peer.send("gh");
            server.awaitText("abcdefgh");
        }
        assertThat(server.closing()).isEqualTo(Closing.BY_PEER);
    }

    @Test
    void aPausedChannelStaysPaused() throws IOException {
        Recorder server = new Recorder();
        Listening listening = first.listen(server::on);
        try (Peer peer = Peer.connect(listening.local())) {
            CompletableFuture<Boolean> arrived = new CompletableFuture<>();
            Channel channel = server.channel();
            first.run(() -> {
                channel.pauseReading();
                channel.moveTo(second.loop(), () -> arrived.complete(true));
            });
            arrived.join();
            peer.send("later");
            second.turns(5);
            assertThat(server.calls).hasValue(0);
            second.run(channel::resumeReading);
            server.awaitText("later");
        }
    }

    @Test
    void refusesToMoveWhatStillHasToBeSent() throws IOException {
        Recorder server = new Recorder();
        Listening listening = first.listen(server::on);
        try (Peer peer = Peer.connect(listening.local())) {
            Channel channel = server.channel();
            first.run(() -> {
                channel.send(new byte[10], 0, 10);
                assertThatThrownBy(() -> channel.moveTo(second.loop(), () -> {}))
                        .isInstanceOf(IllegalStateException.class);
            });
            assertThat(peer.receive(10)).hasSize(10);
            first.run(channel::close);
            assertThat(server.closing()).isEqualTo(Closing.BY_US);
            assertThatThrownBy(() -> first.run(() -> channel.moveTo(second.loop(), () -> {})))
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aChannelThatMovesToALoopThatHasEndedIsClosed() throws IOException {
        Recorder server = new Recorder();
        Listening listening = first.listen(server::on);
        second.close();
        try (Peer peer = Peer.connect(listening.local())) {
            Channel channel = server.channel();
            first.run(() -> channel.moveTo(second.loop(), () -> {}));
            assertThat(peer.atEnd()).isTrue();
            Awaitility.await().until(() -> first.<Integer>call(() -> first.loop().channels()) == 0);
        }
    }
}
