package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.howdah.embedded.TestServer;
import org.howdah.transport.TransportKind;
import org.howdah.wire.BackendType;
import org.howdah.wire.Credentials;
import org.howdah.wire.DataRow;
import org.howdah.wire.Frame;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.Query;
import org.howdah.wire.ServerError;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that die, come back, or say nothing any more, while clients work. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServerDeathTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int CLIENTS = 12;

    private static final ShortTimes KILLED =
            new ShortTimes(Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(30));
    private static final ShortTimes FROZEN =
            new ShortTimes(Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofSeconds(30));
    private static final ShortTimes CHECKED =
            new ShortTimes(Duration.ofSeconds(2), Duration.ZERO, Duration.ofMillis(1));

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.server().thaw();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = PoolMode.class,
            names = {"TRANSACTION", "SESSION"})
    void aServerThatIsKilledIsOneErrorAndComesBack(PoolMode mode) {
        try (TestProxy proxy = TestProxy.start(settings(2).mode(mode));
                Load load = new Load(proxy, mode == PoolMode.SESSION ? 3 : CLIENTS)) {
            load.awaitAnswers(200);
            server.server().crash();
            load.awaitErrors();
            server.server().start();
            load.awaitAnswers(200);
            load.end();
            assertThat(load.strange).isEmpty();
            whole(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void aServerThatIsFrozenIsGivenUp(TransportKind transport) {
        TestSettings settings = settings(1).transport(transport).times(FROZEN::in);
        try (TestProxy proxy = TestProxy.start(settings);
                Load load = new Load(proxy, CLIENTS)) {
            load.awaitAnswers(200);
            server.server().freeze();
            load.awaitErrors();
            server.server().thaw();
            load.awaitAnswers(200);
            load.end();
            assertThat(load.strange).isEmpty();
            whole(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void anIdleConnectionToAFrozenServerIsNoticedByTheCheck(TransportKind transport) {
        TestSettings settings = settings(1).transport(transport).times(CHECKED::in);
        try (TestProxy proxy = TestProxy.start(settings);
                WireClient client = login(proxy)) {
            assertThat(client.value("SELECT 1")).hasValue("1");
            server.server().freeze();
            client.send(new Query("SELECT 2")::writeTo);
            Frame answer = client.receive();
            assertThat(answer.diagnostic().message()).contains("query_wait_timeout");
            server.server().thaw();
            whole(proxy);
        }
    }

    /** The pool has room for all that it should, and no connection has been forgotten. */
    private void whole(TestProxy proxy) {
        List<WireClient> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            WireClient client = login(proxy);
            clients.add(client);
            client.query("BEGIN");
        }
        clients.forEach(WireClient::close);
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    PoolState state = proxy.proxy().pools().all().getFirst().state();
                    assertThat(state.connections()).isLessThanOrEqualTo(4);
                    assertThat(state.idle()).isEqualTo(state.connections());
                    assertThat(state.waiting()).isZero();
                    assertThat(state.dialing()).isZero();
                });
    }

    private TestSettings settings(int loops) {
        return TestSettings.of(server.port()).loops(loops).times(KILLED::in);
    }

    private static WireClient login(TestProxy proxy) {
        return WireClient.connect(proxy.address(), PATIENCE)
                .login(
                        StartupMessage.of(ProtocolVersion.V3_2, "postgres", TestSettings.DATABASE),
                        Credentials.none());
    }

    /** Clients that ask, and come back after an error. */
    private static final class Load implements AutoCloseable {
        private final AtomicInteger answers = new AtomicInteger();
        private final AtomicInteger errors = new AtomicInteger();
        private final List<String> strange = Collections.synchronizedList(new ArrayList<>());
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean ending;

        Load(TestProxy proxy, int clients) {
            for (int i = 0; i < clients; i++) {
                int number = i;
                threads.add(Thread.startVirtualThread(() -> run(proxy, number)));
            }
        }

        private void run(TestProxy proxy, int number) {
            int asked = 0;
            while (!ending) {
                try (WireClient client = login(proxy)) {
                    while (!ending) {
                        String value = number + "-" + asked++;
                        if (!answered(client, value)) {
                            break;
                        }
                    }
                } catch (UncheckedIOException | ServerError gone) {
                    if (gone instanceof UncheckedIOException broken
                            && broken.getCause() instanceof SocketTimeoutException) {
                        strange.add("it hangs");
                        return;
                    }
                    errors.incrementAndGet();
                }
            }
        }

        /** False after an error, of which there must be one, and then the end. */
        private boolean answered(WireClient client, String value) {
            client.send(new Query("SELECT '" + value + "', pg_sleep(0.001)")::writeTo);
            String got = "";
            while (true) {
                Frame frame = client.receive();
                if (frame.is(BackendType.DATA_ROW)) {
                    got = frame.as(DataRow::parseFrom).values().getFirst().orElse("");
                } else if (frame.is(BackendType.ERROR_RESPONSE)) {
                    errors.incrementAndGet();
                    var next = client.receiveOrEnd();
                    next.ifPresent(more -> strange.add(frame + " is followed by " + more));
                    return false;
                } else if (frame.is(BackendType.READY_FOR_QUERY)) {
                    if (!got.equals(value)) {
                        strange.add(got + " in place of " + value);
                    }
                    answers.incrementAndGet();
                    return true;
                }
            }
        }

        void awaitAnswers(int more) {
            int before = answers.get();
            await().atMost(PATIENCE).until(() -> answers.get() > before + more);
        }

        void awaitErrors() {
            await().atMost(PATIENCE).until(() -> errors.get() > 0);
        }

        void end() {
            ending = true;
            for (Thread thread : threads) {
                try {
                    assertThat(thread.join(PATIENCE)).as("a client has ended").isTrue();
                } catch (InterruptedException interruption) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void close() {
            ending = true;
        }
    }
}
