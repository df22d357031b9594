package org.howdah.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that mean harm: the channel ends, the loop does not. */
@ParameterizedClass
@MethodSource("org.howdah.transport.TestLoop#transports")
class HostileTlsTest {
    private static final List<SSLContext> CONTEXT = new ArrayList<>();

    private final TestLoop loop;
    private final Recorder server = new Recorder();
    private final InetSocketAddress address;

    HostileTlsTest(TransportWish wish) {
        loop = TestLoop.start(wish);
        address = listen(server);
    }

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        if (CONTEXT.isEmpty()) {
            TestCertificate certificate = TestCertificate.make(directory, "server");
            CONTEXT.add(certificate.trusting(certificate));
        }
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    private InetSocketAddress listen(Recorder recorder) {
        Acceptor acceptor =
                raw -> {
                    recorder.on(
                            TlsChannel.start(
                                    raw,
                                    TestCertificate.engine(CONTEXT.getFirst(), false),
                                    ForkJoinPool.commonPool(),
                                    recorder));
                    return raw.receiver();
                };
        return (InetSocketAddress) loop.listen(acceptor).local();
    }

    private Socket wire() throws IOException {
        return new Socket(address.getAddress(), address.getPort());
    }

    private static SSLSocket over(Socket wire) throws IOException {
        SSLSocket client =
                (SSLSocket)
                        CONTEXT.getFirst()
                                .getSocketFactory()
                                .createSocket(wire, "server", wire.getPort(), false);
        client.startHandshake();
        return client;
    }

    private void assertTheLoopLives() throws IOException {
        Recorder next = new Recorder();
        InetSocketAddress other = listen(next);
        try (Socket wire = new Socket(other.getAddress(), other.getPort());
                SSLSocket client = over(wire)) {
            client.getOutputStream().write(Peer.bytes("alive"));
            next.awaitText("alive");
        }
        assertThat(next.closing()).isEqualTo(Closing.BY_PEER);
    }

    private void assertItFailed() {
        assertThat(server.closing().cause()).isEqualTo(Closing.Cause.FAILURE);
        assertThat(server.closing().detail()).startsWith("TLS: ");
    }

    @Test
    void garbageInPlaceOfAHandshake() throws IOException {
        try (Socket wire = wire()) {
            byte[] garbage = new byte[100_000];
            new Random(6).nextBytes(garbage);
            sendQuietly(wire, garbage);
        }
        assertItFailed();
        assertThat(server.connected).isNotDone();
        assertTheLoopLives();
    }

    @Test
    void aHelloThatTurnsIntoGarbage() throws IOException {
        try (Socket wire = wire()) {
            // A record of the handshake that says it is a ClientHello and is none.
            sendQuietly(wire, new byte[] {22, 3, 1, 0, 8, 1, 0, 0, 4, 3, 3, 77, 77});
            assertThat(wire.getInputStream().readAllBytes()).isNotEmpty();
        }
        assertItFailed();
        assertTheLoopLives();
    }

    @Test
    void aRecordThatSaysItIsTooLong() throws IOException {
        try (Socket wire = wire()) {
            sendQuietly(wire, new byte[] {22, 3, 1, (byte) 0xff, (byte) 0xff, 1});
        }
        assertItFailed();
        assertTheLoopLives();
    }

    @Test
    void garbageAfterTheHandshake() throws IOException {
        try (Socket wire = wire();
                SSLSocket client = over(wire)) {
            client.getOutputStream().write(Peer.bytes("fine"));
            server.awaitText("fine");
            byte[] garbage = new byte[1000];
            new Random(7).nextBytes(garbage);
            garbage[0] = 23;
            garbage[1] = 3;
            garbage[2] = 3;
            garbage[3] = 0;
            garbage[4] = 100;
            sendQuietly(wire, garbage);
        }
        assertItFailed();
        assertThat(server.text()).isEqualTo("fine");
        assertTheLoopLives();
    }

    private static void sendQuietly(Socket wire, byte[] bytes) throws IOException {
        OutputStream out = wire.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    @Test
    void leavesInTheMiddleOfTheHandshake() throws IOException {
        try (Socket wire = wire()) {
            sendQuietly(wire, new byte[] {22, 3, 1, 1, 0, 1});
        }
        assertThat(server.closing().cause()).isEqualTo(Closing.Cause.FAILURE);
        assertTheLoopLives();
    }

    /** Byte by byte, each in a turn of its own: slow, but right. */
    @Test
    void sendsByteByByte() throws IOException {
        Recorder toClient = new Recorder();
        Recorder toServer = new Recorder();
        Acceptor dribble =
                channel -> {
                    toClient.on(channel);
                    return new Dribble(toClient, toServer);
                };
        Listening between = loop.listen(dribble);
        toServer.on(loop.connect(address, new Dribble(toServer, toClient)));
        InetSocketAddress middle = (InetSocketAddress) between.local();
        try (Socket wire = new Socket(middle.getAddress(), middle.getPort());
                SSLSocket client = over(wire)) {
            client.getOutputStream().write(Peer.bytes("patience"));
            server.awaitText("patience");
        }
        assertThat(server.closing()).isEqualTo(Closing.BY_PEER);
    }

    /** Passes bytes on one by one. */
    private final class Dribble extends Recorder {
        private final Recorder source;
        private final Recorder target;

        Dribble(Recorder source, Recorder target) {
            this.source = source;
            this.target = target;
        }

        @Override
        public int received(ByteBuffer in, int from, int to) {
            target.channel().send(in, from, 1);
            if (to - from > 1) {
                source.channel().pauseReading();
                loop.loop().execute(source.channel()::resumeReading);
            }
            return from + 1;
        }

        @Override
        public void closed(Closing why) {
            target.channel().finish();
        }
    }
}
