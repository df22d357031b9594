package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.howdah.embedded.TestServer;
import org.howdah.wire.Authentication;
import org.howdah.wire.BackendType;
import org.howdah.wire.Credentials;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.Frame;
import org.howdah.wire.Md5Password;
import org.howdah.wire.Payload;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.ScramHash;
import org.howdah.wire.ScramKeys;
import org.howdah.wire.ScramSalting;
import org.howdah.wire.ScramVerifier;
import org.howdah.wire.ServerError;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients prove who they are to the proxy; its server trusts everybody. */
class ClientAuthenticationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSWORD = "open sesame";
    private static final String VERIFIER = verifier(PASSWORD);
    private static final String MD5 = Md5Password.of("alice", Payload.of(PASSWORD)).text();

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

    private static String verifier(String password) {
        ScramHash hash = new ScramHash();
        ScramSalting salting = new ScramSalting(Payload.of("0123456789abcdef"), 4096);
        ScramKeys keys = ScramKeys.derive(hash, Payload.of(password).toByteArray(), salting);
        return ScramVerifier.of(hash, keys, salting).text();
    }

    private static TestProxy proxy(AuthMethod method, String... users) {
        return TestProxy.start(TestSettings.of(server.port()).change(Changed.users(method, users)));
    }

    private static WireClient login(
            TestProxy proxy, String user, String database, String password) {
        WireClient client = WireClient.connect(proxy.address(), PATIENCE);
        try {
            return client.login(
                    StartupMessage.of(ProtocolVersion.V3_0, user, database),
                    Credentials.password(password));
        } catch (RuntimeException refused) {
            client.close();
            throw refused;
        }
    }

    private static Diagnostic refusal(
            TestProxy proxy, String user, String database, String password) {
        try {
            login(proxy, user, database, password).close();
            throw new AssertionError(user + " came in");
        } catch (ServerError refused) {
            return refused.diagnostic();
        }
    }

    private static String form(String name) {
        return switch (name) {
            case "plain" -> PASSWORD;
            case "md5" -> MD5;
            default -> VERIFIER;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "PASSWORD, plain",
        "PASSWORD, md5",
        "PASSWORD, scram",
        "MD5, plain",
        "MD5, md5",
        "MD5, scram",
        "SCRAM_SHA_256, plain",
        "SCRAM_SHA_256, scram"
    })
    void theRightPasswordComesInAndAWrongOneDoesNot(AuthMethod method, String stored) {
        try (TestProxy proxy = proxy(method, "alice", form(stored))) {
            try (WireClient client = login(proxy, "alice", TestSettings.DATABASE, PASSWORD)) {
                assertThat(client.value("SELECT current_user")).contains("alice");
            }
            Diagnostic wrong = refusal(proxy, "alice", TestSettings.DATABASE, "sesame");
            assertThat(wrong.sqlState()).isEqualTo("28P01");
            Diagnostic unknown = refusal(proxy, "malice", TestSettings.DATABASE, PASSWORD);
            assertThat(unknown.sqlState()).isEqualTo("28P01");
            assertThat(unknown.message())
                    .isEqualTo(wrong.message().replace("\"alice\"", "\"malice\""));
        }
    }

    @Test
    void aSecretThatTheMethodCannotUseLetsNobodyIn() {
        try (TestProxy proxy = proxy(AuthMethod.SCRAM_SHA_256, "alice", MD5, "empty", "")) {
            assertThat(refusal(proxy, "alice", TestSettings.DATABASE, PASSWORD).sqlState())
                    .isEqualTo("28P01");
            assertThat(refusal(proxy, "empty", TestSettings.DATABASE, "").sqlState())
                    .isEqualTo("28P01");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PASSWORD, plain",
        "PASSWORD, scram",
        "MD5, plain",
        "MD5, md5",
        "MD5, scram",
        "SCRAM_SHA_256, plain",
        "SCRAM_SHA_256, scram"
    })
    void unknownUsersAreAskedTheSame(AuthMethod method, String stored) {
        try (TestProxy proxy = proxy(method, "alice", form(stored))) {
            assertThat(demands(proxy, "malice")).isEqualTo(demands(proxy, "alice"));
        }
    }

    @Test
    void anUnknownUserHasTheSameSaltEachTime() {
        try (TestProxy proxy = proxy(AuthMethod.SCRAM_SHA_256, "alice", VERIFIER)) {
            List<String> first = salt(proxy, "malice");
            assertThat(salt(proxy, "malice")).isEqualTo(first);
            assertThat(salt(proxy, "other")).isNotEqualTo(first);
        }
    }

    /** Types and sizes of what a client with a wrong password is sent. */
    private static List<String> demands(TestProxy proxy, String user) {
        List<String> demands = new ArrayList<>();
        for (Frame frame : failedLogin(proxy, user)) {
            if (frame.is(BackendType.AUTHENTICATION)) {
                Authentication demand = frame.as(Authentication::parseFrom);
                demands.add(
                        demand.getClass().getSimpleName()
                                + (demand instanceof Authentication.SaslContinue(Payload data)
                                        ? data.size()
                                        : ""));
            } else {
                demands.add(frame.diagnostic().sqlState());
            }
        }
        return demands;
    }

    private static List<String> salt(TestProxy proxy, String user) {
        return failedLogin(proxy, user).stream()
                .filter(frame -> frame.is(BackendType.AUTHENTICATION))
                .map(frame -> frame.as(Authentication::parseFrom))
                .filter(Authentication.SaslContinue.class::isInstance)
                .map(step -> ((Authentication.SaslContinue) step).data().text())
                .map(text -> text.substring(text.indexOf(",s=")))
                .toList();
    }

    private static List<Frame> failedLogin(TestProxy proxy, String user) {
        List<Frame> frames = new ArrayList<>();
        try (WireClient client = WireClient.connect(proxy.address(), PATIENCE)) {
            client.send(
                    StartupMessage.of(ProtocolVersion.V3_0, user, TestSettings.DATABASE)::writeTo);
            var login =
                    new org.howdah.wire.ClientLogin(
                            user,
                            Credentials.password("wrong"),
                            org.howdah.wire.LoginChannel.plain(),
                            new ScramHash(),
                            new org.howdah.wire.ScramKeyCache(1),
                            new java.security.SecureRandom());
            for (Optional<Frame> next = client.receiveOrEnd();
                    next.isPresent();
                    next = client.receiveOrEnd()) {
                frames.add(next.get());
                if (next.get().is(BackendType.AUTHENTICATION)) {
                    Authentication demand = next.get().as(Authentication::parseFrom);
                    client.send(out -> login.answer(demand, out));
                }
            }
        }
        return frames;
    }

    @Test
    void onlyWhoIsProvenLearnsWhichDatabasesThereAre() {
        try (TestProxy proxy = proxy(AuthMethod.MD5, "alice", VERIFIER)) {
            assertThat(refusal(proxy, "alice", "nowhere", "wrong").sqlState()).isEqualTo("28P01");
            assertThat(refusal(proxy, "alice", "nowhere", PASSWORD).sqlState()).isEqualTo("3D000");
        }
    }

    @Test
    void trustAsksNothingOfThoseWhoAreKnown() {
        try (TestProxy proxy = proxy(AuthMethod.TRUST, "alice", "")) {
            try (WireClient client = login(proxy, "alice", TestSettings.DATABASE, "")) {
                assertThat(client.value("SELECT current_user")).contains("alice");
            }
            assertThat(refusal(proxy, "malice", TestSettings.DATABASE, "").sqlState())
                    .isEqualTo("28000");
        }
    }

    @Test
    void anyLetsEverybodyInAsTheDatabasesUser() {
        TestSettings settings =
                TestSettings.of(server.port())
                        .change(Changed.users(AuthMethod.ANY))
                        .change(Changed.backend(old -> as(old, "alice")));
        try (TestProxy proxy = TestProxy.start(settings);
                WireClient client = login(proxy, "whoever", TestSettings.DATABASE, "")) {
            assertThat(client.value("SELECT current_user")).contains("alice");
        }
    }

    private static Backend as(Backend old, String user) {
        return new Backend(
                old.hosts(),
                old.rotate(),
                old.port(),
                old.database(),
                Optional.of(user),
                old.password(),
                old.startup(),
                old.connectQuery());
    }

    @Test
    void theFirstRuleDecides() {
        List<HbaRule> rules =
                List.of(rule("alice", AuthMethod.REJECT), rule("bob", AuthMethod.TRUST));
        TestSettings settings =
                TestSettings.of(server.port())
                        .change(Changed.users(AuthMethod.HBA, "alice", "", "bob", "", "eve", ""))
                        .change(Changed.rules(rules));
        server.execute("CREATE USER bob");
        try (TestProxy proxy = TestProxy.start(settings)) {
            login(proxy, "bob", TestSettings.DATABASE, "").close();
            assertThat(refusal(proxy, "alice", TestSettings.DATABASE, "").sqlState())
                    .isEqualTo("28000");
            assertThat(refusal(proxy, "eve", TestSettings.DATABASE, "").sqlState())
                    .isEqualTo("28000");
        }
    }

    private static HbaRule rule(String user, AuthMethod method) {
        HbaRule.Names all = new HbaRule.Names(true, false, false, Set.of(), List.of());
        HbaRule.Names one = new HbaRule.Names(false, false, false, Set.of(user), List.of());
        return new HbaRule(
                HbaRule.Connection.HOST,
                all,
                one,
                List.of(),
                method,
                Map.of(),
                Optional.empty(),
                1);
    }

    @Test
    void peerKnowsWhoRunsTheClient(@TempDir Path directory) {
        String self = System.getProperty("user.name");
        server.execute("CREATE USER \"" + self + "\"");
        TestSettings settings =
                TestSettings.of(server.port())
                        .change(Changed.users(AuthMethod.PEER, self, "", "alice", ""))
                        .change(Changed.listen(old -> in(old, directory)));
        try (TestProxy proxy = TestProxy.start(settings)) {
            var address =
                    proxy.proxy().addresses().stream()
                            .filter(java.net.UnixDomainSocketAddress.class::isInstance)
                            .findFirst()
                            .orElseThrow();
            try (WireClient client = WireClient.connect(address, PATIENCE)) {
                client.login(
                        StartupMessage.of(ProtocolVersion.V3_0, self, TestSettings.DATABASE),
                        Credentials.none());
                assertThat(client.value("SELECT current_user")).contains(self);
            }
            try (WireClient client = WireClient.connect(address, PATIENCE)) {
                assertThatThrownBy(() ->
                                client.login(
                                        StartupMessage.of(
                                                ProtocolVersion.V3_0,
                                                "alice",
                                                TestSettings.DATABASE),
                                        Credentials.none()))
                        .hasMessageContaining("peer authentication failed");
            }
            assertThat(refusal(proxy, self, TestSettings.DATABASE, "").message())
                    .contains("unix socket");
        }
    }

    private static ListenSettings in(ListenSettings old, Path directory) {
        return new ListenSettings(
                old.addresses(),
                old.port(),
                List.of(directory),
                old.unixGroup(),
                old.sockets(),
                old.transport(),
                old.loops());
    }

    @Test
    void theDriverLogsIn() throws SQLException {
        try (TestProxy proxy = proxy(AuthMethod.SCRAM_SHA_256, "alice", VERIFIER);
                Connection connection = proxy.connect("user=alice", "password=" + PASSWORD)) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    // The query for users who are in no file

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
            org.awaitility.Awaitility.await()
                    .atMost(PATIENCE)
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
