package org.howdah.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes arrive once and in order, whatever the receiver leaves over. */
@ParameterizedClass
@MethodSource("org.howdah.transport.TestLoop#transports")
class BytesTest {
    private final TestLoop loop;

    BytesTest(TransportWish wish) {
        loop = TestLoop.start(wish);
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    /** Sends back what it gets. */
    private static final class Echo extends Recorder {
        private final Channel to;

        Echo(Channel to) {
            this.to = to;
        }

        @Override
        public int received(ByteBuffer in, int from, int to) {
            this.to.send(in, from, to - from);
            return to;
        }
    }

    @Test
    void echoesWhatIsSent() throws IOException {
        Listening listening = loop.listen(Echo::new);
        try (Peer peer = Peer.connect(listening.local())) {
            peer.send("hello");
            assertThat(peer.receiveText(5)).isEqualTo("hello");
            byte[] large = new byte[3_000_000];
            new Random(1).nextBytes(large);
            Thread.ofVirtual().start(() -> sendQuietly(peer, large));
            assertThat(peer.receive(large.length)).isEqualTo(large);
        }
    }

    private static void sendQuietly(Peer peer, byte[] bytes) {
        try {
            peer.send(bytes);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void sendsFromHeapAndDirectBuffersInOrder() throws IOException {
        Recorder server = new Recorder();
        Listening listening = loop.listen(server::on);
        try (Peer peer = Peer.connect(listening.local())) {
            Channel channel = server.channel();
            ByteBuffer direct = ByteBuffer.allocateDirect(8).put(0, Peer.bytes("..two..."));
            loop.run(() -> {
                channel.send(Peer.bytes("one"), 0, 3);
                channel.send(direct, 2, 3);
                channel.send(ByteBuffer.wrap(Peer.bytes("xthreex")), 1, 5);
                channel.send(direct, 0, 0);
                direct.put(2, Peer.bytes("XXX"));
            });
            assertThat(peer.receiveText(11)).isEqualTo("onetwothree");
        }
    }

    @Test
    void bringsWhatWasLeftOverAgainWithMoreBehindIt() throws IOException {
        Recorder server = new Recorder();
        // Whole messages of four bytes only.
        server.takes = offered -> offered / 4 * 4;
        Listening listening = loop.listen(server::on);
        try (Peer peer = Peer.connect(listening.local())) {
            peer.send("abcdef");
            server.awaitText("abcd");
            assertThat(loop.<Integer>call(() -> server.channel().leftOverBytes())).isEqualTo(2);
            peer.send("ghij");
            server.awaitText("abcdefgh");
            peer.send("kl");
            server.awaitText("abcdefghijkl");
            assertThat(loop.<Integer>call(() -> server.channel().leftOverBytes())).isZero();
        }
    }

    @Test
    void keepsALargeMessageUntilItIsWhole() throws IOException {
        byte[] message = new byte[5_000_000];
        new Random(2).nextBytes(message);
        Recorder server = new Recorder();
        server.takes = offered -> offered < message.length ? 0 : offered;
        Listening listening = loop.listen(server::on);
        try (Peer peer = Peer.connect(listening.local())) {
            peer.send(message);
            org.awaitility.Awaitility.await().until(() -> server.bytes().length > 0);
            assertThat(server.bytes()).isEqualTo(message);
        }
    }

    @Test
    void redeliversFromWithinTheCall() throws IOException {
        Recorder server = new Recorder();
        server.takes = offered -> 0;
        Listening listening = loop.listen(server::on);
        try (Peer peer = Peer.connect(listening.local())) {
            peer.send("waiting");
            server.awaitCalls(1);
            List<String> seen = new ArrayList<>();
            loop.run(() -> {
                server.takes = offered -> 4;
                server.channel().redeliver();
                seen.add(server.text());
                server.takes = offered -> offered;
                server.channel().redeliver();
                seen.add(server.text());
                server.channel().redeliver();
                seen.add(server.text());
            });
            assertThat(seen).containsExactly("wait", "waiting", "waiting");
        }
    }

    @Test
    void aNewReceiverTakesWhatTheFormerLeftOver() throws IOException {
        Recorder first = new Recorder();
        first.takes = offered -> Math.min(offered, 5);
        Recorder second = new Recorder();
        Listening listening = loop.listen(first::on);
        try (Peer peer = Peer.connect(listening.local())) {
            peer.send("loginquery");
            first.awaitText("login");
            loop.run(() -> {
                first.channel().receiver(second);
                first.channel().redeliver();
            });
            assertThat(second.text()).isEqualTo("query");
            peer.send(" more");
            second.awaitText("query more");
        }
        assertThat(second.closing()).isEqualTo(Closing.BY_PEER);
    }

    @Test
    void aReceiverThatFailsLosesItsChannelAndNothingElse() throws IOException {
        Recorder bad = new Recorder();
        bad.takes =
                offered -> {
                    throw new IllegalStateException("a fault in the receiver");
                };
        Recorder good = new Recorder();
        Listening badListening = loop.listen(bad::on);
        Listening goodListening = loop.listen(good::on);
        try (Peer one = Peer.connect(badListening.local());
                Peer two = Peer.connect(goodListening.local())) {
            one.send("x");
            assertThat(bad.closing().cause()).isEqualTo(Closing.Cause.FAILURE);
            assertThat(bad.closing().detail()).contains("a fault in the receiver");
            two.send("still here");
            good.awaitText("still here");
        }
    }
}
