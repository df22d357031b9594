package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.howdah.proxy.TestLogins.PASSWORD;
import static org.howdah.proxy.TestLogins.PATIENCE;
import static org.howdah.proxy.TestLogins.refusal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.howdah.embedded.TestServer;
import org.howdah.wire.Authentication;
import org.howdah.wire.BackendType;
import org.howdah.wire.CancelKey;
import org.howdah.wire.CancelRequest;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.Frame;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.PasswordMessage;
import org.howdah.wire.Payload;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.Query;
import org.howdah.wire.SaslInitialResponse;
import org.howdah.wire.ServerError;
import org.howdah.wire.SslRequest;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that mean no good before they are logged in. */
class HostileLoginTest {

    private static TestServer server;
    private static TestProxy proxy;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.execute("CREATE USER alice");
        proxy = TestProxy.start(settings());
    }

    @AfterAll
    static void stop() {
        proxy.close();
        server.close();
    }

    private static TestSettings settings() {
        return TestSettings.of(server.port())
                .change(Changed.users(AuthMethod.SCRAM_SHA_256, "alice", PASSWORD));
    }

    private static StartupMessage startup() {
        return StartupMessage.of(ProtocolVersion.V3_0, "alice", TestSettings.DATABASE);
    }

    private static WireClient login(TestProxy to) {
        return TestLogins.login(to, "alice");
    }

    private static byte[] bytes(Consumer<MessageWriter> message) {
        MessageWriter out = MessageWriter.heap(256);
        message.accept(out);
        return out.toByteArray();
    }

    static Stream<Arguments> firstPackets() {
        return Stream.of(
                Arguments.of("a length below 8", new byte[] {0, 0, 0, 4}, "08P01"),
                Arguments.of("a huge length", new byte[] {127, 0, 0, 0, 0, 3, 0, 0}, "08P01"),
                Arguments.of("a negative length", new byte[] {-1, 0, 0, 8, 0, 3, 0, 0}, "08P01"),
                Arguments.of("one byte too long", new byte[] {0, 0, 0x27, 0x11, 0, 3}, "08P01"),
                Arguments.of("HTTP", ascii("GET / HTTP/1.1\r\n\r\n"), "08P01"),
                Arguments.of("TLS where there is none", new byte[] {22, 3, 1, 2, 0, 1}, "08P01"),
                Arguments.of("protocol 2", new byte[] {0, 0, 0, 8, 0, 2, 0, 0}, "0A000"),
                Arguments.of("no terminator", packet("user\0alice\0"), "08P01"),
                Arguments.of("no user", packet("database\0app\0\0"), "28000"),
                Arguments.of("half a pair", packet("user\0alice\0database\0"), "08P01"),
                Arguments.of("bytes behind", packet("user\0alice\0\0x"), "08P01"),
                Arguments.of("a query first", bytes(new Query("SELECT 1")::writeTo), "08P01"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] packet(String parameters) {
        byte[] text = ascii(parameters);
        return ByteBuffer.allocate(8 + text.length)
                .putInt(8 + text.length)
                .putInt(ProtocolVersion.V3_0.code())
                .put(text)
                .array();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("firstPackets")
    void aBadFirstPacketIsRefused(String what, byte[] packet, String sqlState) {
        try (WireClient client = TestLogins.connect(proxy)) {
            client.sendBytes(packet);
            assertThat(refusal(client)).as(what).contains(sqlState);
        }
        login(proxy).close();
    }

    /** The SQLSTATE of the error with which the connection ends. */
    private static Optional<String> refusal(WireClient client) {
        Optional<String> state = Optional.empty();
        for (Optional<Frame> next = client.receiveOrEnd();
                next.isPresent();
                next = client.receiveOrEnd()) {
            if (next.get().is(BackendType.ERROR_RESPONSE)) {
                state = Optional.of(next.get().diagnostic().sqlState());
            }
        }
        return state;
    }

    static Stream<Arguments> answers() {
        Payload first = Payload.of("n,,n=,r=0123456789");
        return Stream.of(
                answer("a query", new Query("SELECT 1")::writeTo),
                answer("a password", new PasswordMessage(Payload.of(PASSWORD))::writeTo),
                answer("a mechanism that is none", scram("SCRAM-MD5", first)),
                answer("PLUS without TLS", scram("SCRAM-SHA-256-PLUS", first)),
                answer("no nonce", scram("SCRAM-SHA-256", Payload.of("n,,n=,r="))),
                answer("no header", scram("SCRAM-SHA-256", Payload.of("r=01234"))),
                answer("nothing", scram("SCRAM-SHA-256", Payload.of(""))),
                answer(
                        "a long nonce",
                        scram("SCRAM-SHA-256", Payload.of("n,,n=,r=" + letters(8_000)))),
                answer("a long message", scram("SCRAM-SHA-256", Payload.of(letters(20_000)))),
                answer("a length below 4", out -> out.int8('p').int32(3)),
                answer("a huge length", out -> out.int8('p').int32(Integer.MAX_VALUE)),
                answer("a negative length", out -> out.int8('p').int32(-2)));
    }

    private static String letters(int length) {
        return "x".repeat(length);
    }

    private static Arguments answer(String what, Consumer<MessageWriter> out) {
        return Arguments.of(what, bytes(out));
    }

    private static Consumer<MessageWriter> scram(String mechanism, Payload data) {
        return new SaslInitialResponse(mechanism, data)::writeTo;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void aBadAnswerIsRefused(String what, byte[] answer) {
        try (WireClient client = TestLogins.connect(proxy)) {
            client.send(startup()::writeTo);
            assertThat(client.receive().as(Authentication::parseFrom))
                    .isInstanceOf(Authentication.Sasl.class);
            client.sendBytes(answer);
            assertThat(refusal(client)).as(what).contains("08P01");
        }
        login(proxy).close();
    }

    @Test
    void noiseNeverDisturbsOthers() {
        Random random = new Random(42);
        try (WireClient witness = login(proxy)) {
            for (int i = 0; i < 200; i++) {
                byte[] noise = new byte[1 + random.nextInt(300)];
                random.nextBytes(noise);
                try (WireClient client = TestLogins.connect(proxy)) {
                    if (i % 2 == 0) {
                        client.send(startup()::writeTo);
                    } else {
                        // A sensible length, so that it is waited for and read.
                        noise = ByteBuffer.wrap(noise).putInt(0, noise.length).array();
                    }
                    client.sendBytes(noise);
                    client.abort();
                } catch (UncheckedIOException | IndexOutOfBoundsException tooShort) {
                    // The proxy may close while it is still being sent to.
                }
            }
            assertThat(witness.value("SELECT 1")).contains("1");
        }
        login(proxy).close();
    }

    @Test
    void aLoginBytewiseComesIn() {
        try (WireClient client = TestLogins.connect(proxy)) {
            for (byte one : bytes(startup()::writeTo)) {
                client.sendBytes(new byte[] {one});
            }
            assertThat(client.receive().as(Authentication::parseFrom))
                    .isInstanceOf(Authentication.Sasl.class);
        }
    }

    @Test
    void whoTakesTooLongIsLetGo() {
        TestSettings settings = settings().times(old -> Timeout.login(old, Duration.ofMillis(300)));
        try (TestProxy impatient = TestProxy.start(settings);
                WireClient silent = TestLogins.connect(impatient);
                WireClient slow = TestLogins.connect(impatient);
                WireClient half = TestLogins.connect(impatient)) {
            slow.sendBytes(new byte[] {0, 0, 0});
            half.send(startup()::writeTo);
            for (WireClient client : List.of(silent, slow, half)) {
                assertThat(refusal(client)).contains("08006");
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> impatient.proxy().admission().outsiders().loggingIn() == 0);
            login(impatient).close();
        }
    }

    @Test
    void clientsAreCountedFromTheirStartupPacketOn() {
        TestSettings settings =
                settings().change(Changed.limits(new Limits(2, 0, 0, 0, 0, Integer.MAX_VALUE)));
        try (TestProxy small = TestProxy.start(settings);
                WireClient first = login(small);
                WireClient second = TestLogins.connect(small)) {
            second.send(startup()::writeTo);
            assertThat(second.receive().is(BackendType.AUTHENTICATION)).isTrue();
            assertRefused(small, "max_client_conn");
            second.abort();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(ServerError.class)
                    .untilAsserted(() -> login(small).close());
            assertThat(first.value("SELECT 1")).contains("1");
        }
    }

    private static void assertRefused(TestProxy small, String setting) {
        assertThatThrownBy(() -> login(small))
                .isInstanceOfSatisfying(
                        ServerError.class,
                        refused -> {
                            Diagnostic why = refused.diagnostic();
                            assertThat(why.sqlState()).isEqualTo("53300");
                            assertThat(why.message()).contains(setting);
                        });
    }

    @Test
    void aDatabaseAndAUserHaveLimitsOfTheirOwn() {
        for (Limits limits :
                List.of(
                        new Limits(100, 0, 1, 0, 0, Integer.MAX_VALUE),
                        new Limits(100, 0, 0, 0, 1, Integer.MAX_VALUE))) {
            try (TestProxy small = TestProxy.start(settings().change(Changed.limits(limits)))) {
                try (WireClient first = login(small)) {
                    assertRefused(small, "max_user_client_connections");
                    assertThat(first.value("SELECT 1")).contains("1");
                }
                Awaitility.await()
                        .atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(ServerError.class)
                        .untilAsserted(() -> login(small).close());
            }
        }
    }

    @Test
    void manyWhoSayNothingDoNotKeepOthersOutForEver() {
        List<WireClient> silent = new ArrayList<>();
        try (TestProxy small =
                TestProxy.start(
                        settings()
                                .change(
                                        Changed.limits(
                                                new Limits(10, 0, 0, 0, 0, Integer.MAX_VALUE))))) {
            for (int i = 0; i < 100; i++) {
                silent.add(TestLogins.connect(small));
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertRefused(small, "too many clients are logging in"));
            silent.forEach(WireClient::abort);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(RuntimeException.class)
                    .untilAsserted(() -> login(small).close());
        } finally {
            silent.forEach(WireClient::close);
        }
    }

    @Test
    void encryptionIsAskedForOnce() throws IOException {
        try (Socket socket = new Socket(proxy.address().getAddress(), proxy.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write(
                            bytes(out -> {
                                new SslRequest().writeTo(out);
                                new SslRequest().writeTo(out);
                            }));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("NE").contains("asked for already");
        }
    }

    @Test
    void aCancelRequestWithAWrongKeyIsAnsweredByNothing() {
        try (WireClient client = TestLogins.connect(proxy)) {
            client.send(new CancelRequest(CancelKey.of(1 << 24, new byte[4]))::writeTo);
            assertThat(client.receiveOrEnd()).isEmpty();
        }
    }

    @Test
    void aHastyClientIsKeptWaitingInBoundedMemory() throws IOException {
        try (ServerSocket mute = new ServerSocket(0)) {
            // Nobody answers there: the client is proven, but not greeted.
            TestSettings settings =
                    TestSettings.of(mute.getLocalPort())
                            .change(Changed.users(AuthMethod.TRUST, "alice", ""));
            try (TestProxy waiting = TestProxy.start(settings);
                    SocketChannel client = SocketChannel.open(waiting.address())) {
                client.write(ByteBuffer.wrap(bytes(startup()::writeTo)));
                client.configureBlocking(false);
                ByteBuffer megabyte = ByteBuffer.allocate(1 << 20);
                long[] sent = {0};
                // The system's own buffers take some; then nothing more goes through.
                Awaitility.await()
                        .atMost(PATIENCE)
                        .during(Duration.ofMillis(200))
                        .until(
                                () -> client.write(megabyte.clear()),
                                count -> {
                                    sent[0] += count;
                                    return count == 0;
                                });
                assertThat(sent[0]).isLessThan(32L << 20);
            }
        }
    }

    @Test
    void anAddressThatFailsAgainAndAgainWaitsLonger() {
        Outsiders outsiders = new Outsiders();
        var address = proxy.address();
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            delays.add(outsiders.failed(address, 1_000_000_000L * (i + 1)).toMillis());
            outsiders.answered(address);
        }
        assertThat(delays)
                .containsExactly(
                        0L, 0L, 0L, 100L, 200L, 400L, 800L, 1600L, 3200L, 3200L, 3200L, 3200L);
        assertThat(outsiders.failed(address, 1_000_000_000L * 100)).isZero();
    }

    @Test
    void tooManyDelayedAnswersCloseTheDoorForTheirAddress() {
        Outsiders outsiders = new Outsiders();
        var address = proxy.address();
        for (int i = 0; i < 64; i++) {
            assertThat(outsiders.come(address, 1000)).isTrue();
            assertThat(outsiders.failed(address, 1)).isNotNull();
        }
        assertThat(outsiders.come(address, 1000)).isFalse();
        assertThat(outsiders.come(InetSocketAddress.createUnresolved("elsewhere", 1), 1000))
                .isTrue();
        outsiders.answered(address);
        assertThat(outsiders.come(address, 1000)).isTrue();
    }
}
