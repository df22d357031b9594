package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.howdah.proxy.TestLogins.PASSWORD;
import static org.howdah.proxy.TestLogins.PATIENCE;
import static org.howdah.proxy.TestLogins.demands;
import static org.howdah.proxy.TestLogins.login;
import static org.howdah.proxy.TestLogins.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.howdah.embedded.TestServer;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.ServerError;
import org.howdah.wire.WireClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Users who are in no file are asked for at the server. */
class AuthQueryTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.execute("CREATE USER alice PASSWORD '" + PASSWORD + "'");
        server.execute("CREATE USER carol PASSWORD '" + PASSWORD + "' VALID UNTIL '2001-01-01'");
        server.execute("CREATE USER nopassword");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static final String QUERY =
            "SELECT rolname, CASE WHEN rolvaliduntil < now() THEN NULL ELSE rolpassword END"
                    + " FROM pg_authid WHERE rolname=$1 AND rolcanlogin";

    private static TestProxy asking(String query) {
        return TestProxy.start(
                TestSettings.of(server.port())
                        .change(Changed.users(AuthMethod.SCRAM_SHA_256, "postgres", ""))
                        .change(Changed.authQuery("postgres", query)));
    }

    @Test
    void whoIsInNoFileIsAskedForAtTheServer() {
        try (TestProxy proxy = asking(QUERY)) {
            for (int i = 0; i < 3; i++) {
                try (WireClient client = login(proxy, "alice", TestSettings.DATABASE, PASSWORD)) {
                    assertThat(client.value("SELECT current_user")).contains("alice");
                }
            }
            Diagnostic wrong = refusal(proxy, "alice", TestSettings.DATABASE, "sesame");
            for (String user : List.of("malice", "nopassword", "carol", "o'hara; --")) {
                Diagnostic refused = refusal(proxy, user, TestSettings.DATABASE, PASSWORD);
                assertThat(refused.sqlState()).isEqualTo("28P01");
                assertThat(refused.message())
                        .isEqualTo(wrong.message().replace("\"alice\"", "\"" + user + "\""));
            }
            assertThat(demands(proxy, "malice")).isEqualTo(demands(proxy, "alice"));
        }
    }

    @ParameterizedTest
    @EnumSource(PoolMode.class)
    void theQueryRunsInEachMode(PoolMode mode) {
        TestSettings settings =
                TestSettings.of(server.port())
                        .mode(mode)
                        .loops(2)
                        .poolSize(1)
                        .change(Changed.users(AuthMethod.MD5, "postgres", ""))
                        .change(Changed.authQuery("postgres", QUERY));
        try (TestProxy proxy = TestProxy.start(settings)) {
            for (int i = 0; i < 5; i++) {
                try (WireClient client = login(proxy, "alice", TestSettings.DATABASE, PASSWORD)) {
                    assertThat(client.value("SELECT current_user")).contains("alice");
                }
                proxy.proxy().admission().accounts().forget("alice");
            }
        }
    }

    @Test
    void aRushOfLoginsIsServed() throws Exception {
        try (TestProxy proxy = asking(QUERY);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<String>>> clients = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                clients.add(() -> {
                    try (WireClient client =
                            login(proxy, "alice", TestSettings.DATABASE, PASSWORD)) {
                        return client.value("SELECT current_user");
                    }
                });
            }
            for (Future<Optional<String>> answer : threads.invokeAll(clients)) {
                assertThat(answer.get()).contains("alice");
            }
        }
    }

    @Test
    void aNewPasswordIsSoonBelieved() {
        server.execute("CREATE USER dora PASSWORD 'one'");
        try (TestProxy proxy = asking(QUERY)) {
            login(proxy, "dora", TestSettings.DATABASE, "one").close();
            server.execute("ALTER USER dora PASSWORD 'two'");
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(ServerError.class)
                    .untilAsserted(
                            () -> login(proxy, "dora", TestSettings.DATABASE, "two").close());
            assertThat(refusal(proxy, "dora", TestSettings.DATABASE, "one").sqlState())
                    .isEqualTo("28P01");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT nosuch FROM pg_authid WHERE rolname = $1",
                "SELECT rolname FROM pg_authid WHERE rolname = $1",
                "SELECT 'somebody', rolpassword FROM pg_authid WHERE rolname = $1",
                "DELETE FROM pg_authid WHERE rolname = $1 RETURNING rolname, rolpassword",
                "SELECT repeat(rolname, 100000), rolpassword FROM pg_authid WHERE rolname = $1"
            })
    void aQueryThatFailsTakesNoConnectionWithIt(String query) {
        try (TestProxy proxy = asking(query)) {
            for (int i = 0; i < 10; i++) {
                assertThat(refusal(proxy, "alice", TestSettings.DATABASE, PASSWORD).sqlState())
                        .isEqualTo("57P03");
            }
            PoolState pool = proxy.proxy().pools().all().getFirst().state();
            assertThat(pool.connections()).isLessThanOrEqualTo(4);
        }
    }
}
