package org.howdah.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS over channels, against the JDK's own sockets and against itself. */
@ParameterizedClass
@MethodSource("org.howdah.transport.TestLoop#transports")
class TlsTest {
    private static final List<SSLContext> CONTEXTS = new ArrayList<>();
    private static final List<TestCertificate> CERTIFICATES = new ArrayList<>();

    private final TransportWish wish;
    private final TestLoop loop;
    private final Recorder server = new Recorder();

    TlsTest(TransportWish wish) {
        this.wish = wish;
        loop = TestLoop.start(wish);
    }

    @BeforeAll
    static void makeCertificates(@TempDir Path directory) throws Exception {
        if (CERTIFICATES.isEmpty()) {
            TestCertificate one = TestCertificate.make(directory, "server");
            TestCertificate two = TestCertificate.make(directory, "client");
            CERTIFICATES.addAll(List.of(one, two));
            CONTEXTS.addAll(List.of(one.trusting(two), two.trusting(one), two.trusting(two)));
        }
    }

    private static SSLContext serverContext() {
        return CONTEXTS.get(0);
    }

    private static SSLContext clientContext() {
        return CONTEXTS.get(1);
    }

    /** Trusts itself only. */
    private static SSLContext distrustful() {
        return CONTEXTS.get(2);
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    private InetSocketAddress listen(SSLEngine engine, Receiver receiver) {
        Acceptor acceptor =
                raw -> {
                    TlsChannel channel =
                            TlsChannel.start(raw, engine, ForkJoinPool.commonPool(), receiver);
                    if (receiver instanceof Recorder recorder) {
                        recorder.on(channel);
                    }
                    return raw.receiver();
                };
        return (InetSocketAddress) loop.listen(acceptor).local();
    }

    private InetSocketAddress listen(String... protocols) {
        return listen(TestCertificate.engine(serverContext(), false, protocols), server);
    }

    private static SSLSocket connect(InetSocketAddress address) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        clientContext()
                                .getSocketFactory()
                                .createSocket(address.getAddress(), address.getPort());
        socket.startHandshake();
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(Peer.bytes(text));
    }

    private static String receive(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
    }

    private TlsChannel tls() {
        return (TlsChannel) server.channel();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void talksWithAnOrdinarySocketAndEndsInOrder(String protocol) throws IOException {
        InetSocketAddress address = listen(protocol);
        try (SSLSocket client = connect(address)) {
            server.connected.join();
            send(client, "hello");
            server.awaitText("hello");
            loop.run(() -> {
                tls().send(Peer.bytes("good"), 0, 4);
                tls().send(ByteBuffer.wrap(Peer.bytes("-bye-")), 1, 3);
                tls().finish();
                assertThat(tls().open()).isFalse();
            });
            assertThat(receive(client, 100)).isEqualTo("goodbye");
            assertThat(tls().agreement().protocol()).isEqualTo(protocol);
            assertThat(tls().agreement().ownCertificate())
                    .contains(CERTIFICATES.get(0).certificate());
            assertThat(tls().agreement().applicationProtocol()).isEmpty();
        }
        assertThat(server.closing()).isEqualTo(Closing.BY_US);
    }

    @Test
    void tellsThatThePeerHasEndedTls() throws IOException {
        try (SSLSocket client = connect(listen())) {
            send(client, "last words");
        }
        assertThat(server.closing()).isEqualTo(Closing.BY_PEER);
        assertThat(server.text()).isEqualTo("last words");
    }

    @Test
    void tellsThatTheConnectionWasCutOff() throws IOException {
        InetSocketAddress address = listen();
        try (Socket wire = new Socket(address.getAddress(), address.getPort());
                SSLSocket client = over(wire)) {
            send(client, "and then");
            server.awaitText("and then");
            wire.shutdownOutput();
        }
        assertThat(server.closing().cause()).isEqualTo(Closing.Cause.FAILURE);
        assertThat(server.closing().detail()).contains("without ending TLS");
    }

    private static SSLSocket over(Socket wire) throws IOException {
        SSLSocket client =
                (SSLSocket)
                        clientContext()
                                .getSocketFactory()
                                .createSocket(wire, "server", wire.getPort(), false);
        client.startHandshake();
        return client;
    }

    @Test
    void bothSidesAreOursWithCertificatesAndAlpn() {
        SSLEngine accepting = TestCertificate.engine(serverContext(), false);
        accepting.setNeedClientAuth(true);
        accepting.setSSLParameters(alpn(accepting.getSSLParameters()));
        SSLEngine connecting = TestCertificate.engine(clientContext(), true);
        connecting.setSSLParameters(alpn(connecting.getSSLParameters()));
        Recorder client = new Recorder();
        TlsChannel own = connect(listen(accepting, server), connecting, client);
        client.connected.join();
        server.connected.join();
        for (TlsChannel channel : List.of(own, tls())) {
            TlsAgreement agreement = channel.agreement();
            assertThat(agreement.applicationProtocol()).isEqualTo("postgresql");
            assertThat(agreement.protocol()).isEqualTo("TLSv1.3");
            assertThat(agreement.cipherSuite()).startsWith("TLS_");
        }
        assertThat(own.agreement().peerCertificate()).contains(CERTIFICATES.get(0).certificate());
        assertThat(tls().agreement().peerCertificate()).contains(CERTIFICATES.get(1).certificate());
        loop.run(() -> own.send(Peer.bytes("to server"), 0, 9));
        server.awaitText("to server");
        loop.run(() -> tls().send(Peer.bytes("to client"), 0, 9));
        client.awaitText("to client");
        loop.run(own::finish);
        assertThat(server.closing()).isEqualTo(Closing.BY_PEER);
        assertThat(client.closing()).isEqualTo(Closing.BY_US);
    }

    private static SSLParameters alpn(SSLParameters parameters) {
        parameters.setApplicationProtocols(new String[] {"postgresql"});
        return parameters;
    }

    private TlsChannel connect(InetSocketAddress address, SSLEngine engine, Recorder client) {
        CompletableFuture<TlsChannel> tls = new CompletableFuture<>();
        Recorder first =
                new Recorder() {
                    @Override
                    public void connected() {
                        // On the loop's own thread, as short handshakes may be.
                        tls.complete(TlsChannel.start(channel(), engine, Runnable::run, client));
                    }
                };
        loop.run(() -> first.on(loop.loop().connect(address, SocketSettings.DEFAULTS, first)));
        return tls.join();
    }

    @Test
    void aCertificateThatIsNotTrustedEndsTheHandshakeOnBothSides() {
        Recorder client = new Recorder();
        connect(listen(), TestCertificate.engine(distrustful(), true), client);
        assertThat(client.closing().cause()).isEqualTo(Closing.Cause.FAILURE);
        assertThat(client.closing().detail()).startsWith("TLS: ").contains("certificat");
        assertThat(server.closing().detail()).startsWith("TLS: ").contains("certificate");
        assertThat(client.connected).isNotDone();
    }

    @Test
    void whatIsSentEarlyWaitsForTheHandshake() {
        Recorder client = new Recorder();
        TlsChannel own = connect(listen(), TestCertificate.engine(clientContext(), true), client);
        loop.run(() -> {
            own.send(Peer.bytes("early"), 0, 5);
            own.finish();
        });
        server.awaitText("early");
        assertThat(server.closing()).isEqualTo(Closing.BY_PEER);
        assertThat(client.closing()).isEqualTo(Closing.BY_US);
    }

    @Test
    void leavesOverPausesAndMoves() throws Exception {
        try (TestLoop second = TestLoop.start(wish)) {
            moveTo(second);
            assertThat(server.closing()).isEqualTo(Closing.BY_PEER);
        }
    }

    private void moveTo(TestLoop second) throws IOException {
        server.takes = offered -> offered / 4 * 4;
        try (SSLSocket client = connect(listen())) {
            send(client, "abcdef");
            server.awaitText("abcd");
            assertThat(loop.<Integer>call(() -> tls().leftOverBytes())).isEqualTo(2);
            CompletableFuture<Boolean> arrived = new CompletableFuture<>();
            loop.run(() -> {
                tls().pauseReading();
                tls().moveTo(second.loop(), () -> arrived.complete(true));
            });
            arrived.join();
            send(client, "ghijk");
            second.turns(5);
            assertThat(server.text()).isEqualTo("abcd");
            second.run(tls()::resumeReading);
            server.awaitText("abcdefgh");
            second.run(() -> {
                server.takes = offered -> offered;
                tls().redeliver();
                tls().send(Peer.bytes("ok"), 0, 2);
            });
            server.awaitText("abcdefghijk");
            assertThat(receive(client, 2)).isEqualTo("ok");
        }
    }

    @Test
    void anEndThatArrivesWhilePausedIsToldAfterTheBytesBeforeIt() throws IOException {
        SSLSocket client = connect(listen());
        server.connected.join();
        loop.run(tls()::pauseReading);
        send(client, "kept");
        client.close();
        loop.turns(5);
        assertThat(server.calls).hasValue(0);
        loop.run(tls()::resumeReading);
        assertThat(server.closing()).isEqualTo(Closing.BY_PEER);
        assertThat(server.text()).isEqualTo("kept");
    }

    @Test
    void passesMuchToASlowReaderInBoundedMemory() throws IOException {
        int blocks = 500;
        byte[] block = new byte[50_000];
        new Random(5).nextBytes(block);
        Pump pump = new Pump(block, blocks);
        try (SSLSocket client =
                connect(listen(TestCertificate.engine(serverContext(), false), pump))) {
            Awaitility.await().until(() -> pump.stalls.get() > 0);
            InputStream in = client.getInputStream();
            for (int i = 0; i < blocks; i++) {
                assertThat(in.readNBytes(block.length)).isEqualTo(block);
            }
            assertThat(in.read()).isNegative();
        }
        assertThat(pump.most).isLessThan(Channel.HIGH_WATER + 256 * 1024);
    }

    /** Sends blocks for as long as the channel is not congested. */
    private static final class Pump extends Recorder {
        private final byte[] block;
        private int left;
        private long most;
        private final AtomicInteger stalls = new AtomicInteger();

        Pump(byte[] block, int left) {
            this.block = block;
            this.left = left;
        }

        @Override
        public void connected() {
            drained();
        }

        @Override
        public void drained() {
            for (; left > 0 && !channel().congested(); left--) {
                channel().send(block, 0, block.length);
                most = Math.max(most, channel().backlogBytes());
            }
            stalls.incrementAndGet();
            if (left == 0) {
                channel().finish();
            }
        }
    }

    @Test
    void sendsOfOneTurnBecomeOneRecord() throws Exception {
        InetSocketAddress address = listen("TLSv1.2");
        try (Socket wire = new Socket(address.getAddress(), address.getPort());
                SSLSocket client = over(wire)) {
            server.connected.join();
            loop.run(() -> {
                for (int i = 0; i < 100; i++) {
                    tls().send(Peer.bytes("0123456789"), 0, 10);
                }
            });
            // The header of a record: type application data, version, length.
            byte[] header = wire.getInputStream().readNBytes(5);
            assertThat(header[0]).isEqualTo((byte) 23);
            assertThat(ByteBuffer.wrap(header).getShort(3)).isBetween((short) 1000, (short) 1100);
            assertThat(client.isClosed()).isFalse();
        }
    }

    @Test
    void refusesToNegotiateAgain() throws IOException {
        try (SSLSocket client = connect(listen("TLSv1.2"))) {
            send(client, "first");
            server.awaitText("first");
            client.startHandshake();
            assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(SSLException.class);
        } catch (SSLException refused) {
            assertThat(refused).isNotNull();
        }
        assertThat(server.closing().detail()).contains("renegotiate");
    }
}
