package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.howdah.embedded.TestServer;
import org.howdah.transport.TransportKind;
import org.howdah.wire.BackendType;
import org.howdah.wire.Bind;
import org.howdah.wire.Credentials;
import org.howdah.wire.Execute;
import org.howdah.wire.FixedMessage;
import org.howdah.wire.Frame;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.Parse;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.Query;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that send what no client should, in every state, and what becomes of the others. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** States in which something hostile may come. */
    private enum State {
        IDLE(client -> {}),
        TRANSACTION(client -> client.query("BEGIN")),
        FAILED(client -> {
            client.query("BEGIN");
            client.query("SELECT 1/0");
        }),
        COPY_IN(client -> {
            client.send(new Query("COPY hostile FROM STDIN")::writeTo);
            assertThat(client.receive().is(BackendType.COPY_IN_RESPONSE)).isTrue();
        }),
        GROUP(client -> {
            client.send(out -> {
                Parse.of("", "SELECT 1").writeTo(out);
                Bind.texts("", List.of()).writeTo(out);
                Execute.all().writeTo(out);
                FixedMessage.FLUSH.writeTo(out);
            });
            Frame frame;
            do {
                frame = client.receive();
            } while (!frame.is(BackendType.COMMAND_COMPLETE));
        }),
        BUSY(client -> client.send(new Query("SELECT pg_sleep(0.02)")::writeTo)),
        HALF_FRAME(client -> client.sendBytes(new byte[] {'Q', 0, 0, 1, 0, 'S'})),
        HALF_BIND(client -> client.sendBytes(new byte[] {'B', 0, 0, 1, 0, 'p', 0, 's', 0}));

        @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
        private final Consumer<WireClient> enter;

        State(Consumer<WireClient> enter) {
            this.enter = enter;
        }
    }

    private static List<byte[]> attacks(Random random) {
        List<byte[]> attacks = new ArrayList<>();
        for (char type : "QPBDECSHFdcfXpRZ1".toCharArray()) {
            attacks.add(frame(type, -1));
            attacks.add(frame(type, 0));
            attacks.add(frame(type, 3));
            attacks.add(frame(type, 4));
            attacks.add(frame(type, 5, 0));
            attacks.add(frame(type, Integer.MAX_VALUE, 'x', 'y'));
            byte[] noise = new byte[5 + random.nextInt(60)];
            random.nextBytes(noise);
            attacks.add(frame(type, 4 + noise.length, noise));
        }
        for (int i = 0; i < 20; i++) {
            byte[] noise = new byte[1 + random.nextInt(3000)];
            random.nextBytes(noise);
            attacks.add(noise);
        }
        return attacks;
    }

    private static byte[] frame(char type, int length, int... body) {
        byte[] bytes = new byte[body.length];
        for (int i = 0; i < body.length; i++) {
            bytes[i] = (byte) body[i];
        }
        return frame(type, length, bytes);
    }

    private static byte[] frame(char type, int length, byte[] body) {
        return MessageWriter.heap(64).int8(type).int32(length).bytes(body).toByteArray();
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void whateverIsSentOthersAreServed(TransportKind transport) {
        server.execute("CREATE TABLE IF NOT EXISTS hostile (id text)");
        TestSettings settings = TestSettings.of(server.port()).transport(transport).poolSize(2);
        Random random = new Random(7);
        byte[] last = new byte[0];
        try (TestProxy proxy = TestProxy.start(settings);
                WireClient good = login(proxy)) {
            for (State state : State.values()) {
                for (byte[] attack : attacks(random)) {
                    try {
                        attack(proxy, state, attack, random);
                    } catch (UncheckedIOException failure) {
                        throw new AssertionError(
                                state + " after " + HexFormat.of().formatHex(last), failure);
                    }
                    last = attack;
                }
                assertThat(good.value("SELECT '" + state + "'")).hasValue(state.name());
            }
            quiet(proxy, 1);
        }
    }

    private static void attack(TestProxy proxy, State state, byte[] attack, Random random) {
        WireClient client = login(proxy);
        state.enter.accept(client);
        try {
            client.sendBytes(attack);
            if (random.nextInt(4) == 0) {
                client.send(FixedMessage.SYNC::writeTo);
                client.close();
                return;
            }
        } catch (UncheckedIOException refused) {
            // It was let go in the midst of what it sent.
        }
        client.abort();
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void aLengthThatNoMessageHasIsRefused(TransportKind transport) {
        TestSettings settings = TestSettings.of(server.port()).transport(transport);
        try (TestProxy proxy = TestProxy.start(settings);
                WireClient client = login(proxy)) {
            client.sendBytes(frame('D', 20_000, 'S'));
            Frame answer = client.receive();
            assertThat(answer.diagnostic().sqlState()).isEqualTo("08P01");
            assertThat(client.receiveOrEnd()).isEmpty();
        }
    }

    /** A name that never ends is not collected for ever. */
    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void aNameWithoutEndIsRefused(TransportKind transport) {
        TestSettings settings = TestSettings.of(server.port()).transport(transport);
        try (TestProxy proxy = TestProxy.start(settings);
                WireClient client = login(proxy)) {
            client.sendBytes(
                    frame('B', 1 << 29, "x".repeat(40_000).getBytes(StandardCharsets.US_ASCII)));
            assertThat(client.receive().diagnostic().sqlState()).isEqualTo("08P01");
        }
    }

    /** What a client leaves without a Sync is not committed. */
    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void aGroupWithoutASyncIsUndone(TransportKind transport) {
        server.execute("DROP TABLE IF EXISTS unsynced; CREATE TABLE unsynced (id int)");
        TestSettings settings = TestSettings.of(server.port()).transport(transport).poolSize(1);
        try (TestProxy proxy = TestProxy.start(settings)) {
            for (boolean abort : new boolean[] {true, false}) {
                WireClient client = login(proxy);
                client.send(out -> {
                    Parse.of("", "INSERT INTO unsynced VALUES (1)").writeTo(out);
                    Bind.texts("", List.of()).writeTo(out);
                    Execute.all().writeTo(out);
                    FixedMessage.FLUSH.writeTo(out);
                });
                while (!client.receive().is(BackendType.COMMAND_COMPLETE)) {
                    // Its parts are answered first.
                }
                if (abort) {
                    client.abort();
                } else {
                    client.close();
                }
            }
            quiet(proxy, 0);
            try (WireClient client = login(proxy)) {
                assertThat(client.value("SELECT count(*) FROM unsynced")).hasValue("0");
            }
        }
    }

    /** What was asked for before a Terminate is done, as by PostgreSQL. */
    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void aTerminateDoesNotUndoWhatWasAskedBefore(TransportKind transport) {
        server.execute("DROP TABLE IF EXISTS farewell; CREATE TABLE farewell (id int)");
        TestSettings settings = TestSettings.of(server.port()).transport(transport).poolSize(1);
        try (TestProxy proxy = TestProxy.start(settings)) {
            WireClient client = login(proxy);
            assertThat(client.value("SELECT 1")).hasValue("1");
            client.send(out -> {
                new Query("SELECT pg_sleep(0.3)").writeTo(out);
                new Query("INSERT INTO farewell VALUES (1)").writeTo(out);
            });
            client.close();
            quiet(proxy, 0);
            try (WireClient other = login(proxy)) {
                assertThat(other.value("SELECT count(*) FROM farewell")).hasValue("1");
            }
        }
    }

    /** All server connections come to rest in the pool, and no client is left but these. */
    private static void quiet(TestProxy proxy, int clients) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    PoolState state = proxy.proxy().pools().all().getFirst().state();
                    assertThat(state.idle()).isEqualTo(state.connections());
                    assertThat(state.waiting()).isZero();
                    assertThat(proxy.proxy().clientTable().count()).isEqualTo(clients);
                });
    }

    private static WireClient login(TestProxy proxy) {
        return WireClient.connect(proxy.address(), PATIENCE)
                .login(
                        StartupMessage.of(ProtocolVersion.V3_2, "postgres", TestSettings.DATABASE),
                        Credentials.none());
    }
}
