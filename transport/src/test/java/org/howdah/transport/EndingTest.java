package org.howdah.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a connection ends, or never begins. */
@ParameterizedClass
@MethodSource("org.howdah.transport.TestLoop#transports")
class EndingTest {
    private final TestLoop loop;
    private final Recorder server = new Recorder();
    private final Listening listening;

    EndingTest(TransportWish wish) {
        loop = TestLoop.start(wish);
        listening = loop.listen(server::on);
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    private int channels() {
        return loop.<Integer>call(() -> loop.loop().channels());
    }

    @Test
    void tellsThatThePeerHasClosed() throws IOException {
        try (Peer peer = Peer.connect(listening.local())) {
            peer.send("last words");
        }
        assertThat(server.closing()).isEqualTo(Closing.BY_PEER);
        assertThat(server.text()).isEqualTo("last words");
        assertThat(server.channel().open()).isFalse();
        assertThat(channels()).isZero();
    }

    @Test
    void tellsThatThePeerHasReset() throws IOException {
        Peer peer = Peer.connect(listening.local());
        server.channel();
        peer.reset();
        assertThat(server.closing().cause()).isEqualTo(Closing.Cause.FAILURE);
        assertThat(server.closing().detail()).contains("reset");
    }

    @Test
    void answersAPeerThatHasClosedOnlyItsSide() throws IOException {
        byte[] answer = new byte[2_000_000];
        new Random(3).nextBytes(answer);
        server.takes =
                offered -> {
                    server.channel().send(answer, 0, answer.length);
                    return offered;
                };
        try (Peer peer = Peer.connect(listening.local())) {
            peer.send("q");
            peer.socket().shutdownOutput();
            assertThat(peer.receive(answer.length)).isEqualTo(answer);
            assertThat(peer.atEnd()).isTrue();
        }
        assertThat(server.closing()).isEqualTo(Closing.BY_PEER);
    }

    @Test
    void closeTellsTheReceiverLater() throws IOException {
        AtomicBoolean within = new AtomicBoolean();
        try (Peer peer = Peer.connect(listening.local())) {
            Channel channel = server.channel();
            loop.run(() -> {
                channel.close();
                within.set(server.closed.isDone());
                channel.close();
                channel.send(new byte[10], 0, 10);
                assertThat(channel.open()).isFalse();
                assertThat(channel.backlogBytes()).isZero();
            });
            assertThat(server.closing()).isEqualTo(Closing.BY_US);
            assertThat(within).isFalse();
            assertThat(peer.atEnd()).isTrue();
        }
    }

    @Test
    void closesFromWithinTheReceiver() throws IOException {
        server.takes =
                offered -> {
                    server.channel().close();
                    return 0;
                };
        try (Peer peer = Peer.connect(listening.local())) {
            peer.send("anything");
            assertThat(server.closing()).isEqualTo(Closing.BY_US);
        }
        assertThat(server.calls).hasValue(1);
    }

    @Test
    void finishSendsEverythingFirst() throws IOException {
        byte[] last = new byte[4_000_000];
        new Random(4).nextBytes(last);
        try (Peer peer = Peer.connect(listening.local())) {
            Channel channel = server.channel();
            loop.run(() -> {
                channel.send(last, 0, last.length);
                channel.finish();
                assertThat(channel.open()).isFalse();
                channel.send(last, 0, 10);
            });
            assertThat(peer.receive(last.length)).isEqualTo(last);
            assertThat(peer.atEnd()).isTrue();
        }
        assertThat(server.closing()).isEqualTo(Closing.BY_US);
    }

    @Test
    void finishLetsAPeerThatStillSendsReadTheLastWords() throws IOException {
        server.takes =
                offered -> {
                    server.channel().send(Peer.bytes("sorry"), 0, 5);
                    server.channel().finish();
                    return offered;
                };
        try (Peer peer = Peer.connect(listening.local())) {
            peer.send("first");
            Awaitility.await().until(() -> !server.channel().open());
            // Closing at once would answer these with a reset.
            for (int i = 0; i < 100; i++) {
                peer.send(new byte[10_000]);
            }
            assertThat(peer.receiveText(5)).isEqualTo("sorry");
            assertThat(peer.atEnd()).isTrue();
        }
        assertThat(server.closing()).isEqualTo(Closing.BY_US);
        assertThat(server.text()).isEqualTo("first");
    }

    @Test
    void tellsWhyConnectingFailed() throws IOException {
        int port;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = nobody.getLocalPort();
        }
        Recorder client = new Recorder();
        AtomicBoolean within = new AtomicBoolean();
        loop.run(() -> {
            loop.loop()
                    .connect(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                            SocketSettings.DEFAULTS,
                            client);
            within.set(client.closed.isDone());
        });
        assertThat(client.closing().cause()).isEqualTo(Closing.Cause.FAILURE);
        assertThat(client.closing().detail()).containsIgnoringCase("refused");
        assertThat(within).isFalse();
        assertThat(client.connected).isNotDone();
        assertThat(channels()).isZero();
    }

    @Test
    void tellsThatNoSocketIsThere() {
        Recorder client = new Recorder();
        loop.connect(UnixDomainSocketAddress.of(Path.of("/nonexistent/socket")), client);
        assertThat(client.closing().detail()).containsIgnoringCase("no such file");
        Recorder unknown = new Recorder();
        loop.connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1), unknown);
        assertThat(unknown.closing().detail()).contains("not known");
    }

    @Test
    void sendsWhatWasGivenBeforeItWasConnected() {
        Recorder client = new Recorder();
        loop.run(() -> {
            Channel channel =
                    loop.loop().connect(listening.local(), SocketSettings.DEFAULTS, client);
            channel.send(Peer.bytes("early"), 0, 5);
            channel.finish();
        });
        server.awaitText("early");
        assertThat(server.closing()).isEqualTo(Closing.BY_PEER);
        assertThat(client.closing()).isEqualTo(Closing.BY_US);
    }

    @Test
    void readsTheLastWordsOfAPeerThatTakesNothingAnyMore() throws IOException {
        // A server which is shut down says so and closes; what we send then is answered by a reset.
        try (Peer peer = Peer.connect(listening.local())) {
            Channel channel = server.channel();
            loop.run(channel::pauseReading);
            peer.send("FATAL");
            peer.socket().shutdownOutput();
            peer.socket().shutdownInput();
            loop.run(channel::resumeReading);
            server.awaitText("FATAL");
        }
        assertThat(server.closing()).isNotNull();
    }

    @Test
    void anEndWhileReadingIsPausedIsToldAfterResuming() throws IOException {
        Peer peer = Peer.connect(listening.local());
        Channel channel = server.channel();
        loop.run(channel::pauseReading);
        peer.send("kept");
        peer.close();
        loop.turns(5);
        assertThat(server.calls).hasValue(0);
        assertThat(server.closed).isNotDone();
        loop.run(channel::resumeReading);
        assertThat(server.closing()).isEqualTo(Closing.BY_PEER);
        assertThat(server.text()).isEqualTo("kept");
    }

    @Test
    void aLoopThatEndsClosesItsSockets() throws IOException {
        try (Peer peer = Peer.connect(listening.local())) {
            server.channel();
            loop.close();
            assertThat(peer.receive(1)).isEmpty();
        }
    }
}
