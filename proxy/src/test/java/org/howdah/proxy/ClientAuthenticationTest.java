package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.howdah.proxy.TestLogins.PASSWORD;
import static org.howdah.proxy.TestLogins.PATIENCE;
import static org.howdah.proxy.TestLogins.as;
import static org.howdah.proxy.TestLogins.demands;
import static org.howdah.proxy.TestLogins.failedLogin;
import static org.howdah.proxy.TestLogins.login;
import static org.howdah.proxy.TestLogins.refusal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.howdah.embedded.TestServer;
import org.howdah.wire.Authentication;
import org.howdah.wire.BackendType;
import org.howdah.wire.Credentials;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.Md5Password;
import org.howdah.wire.Payload;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.ScramHash;
import org.howdah.wire.ScramKeys;
import org.howdah.wire.ScramSalting;
import org.howdah.wire.ScramVerifier;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients prove who they are to the proxy; its server trusts everybody. */
class ClientAuthenticationTest {

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

    private static List<String> salt(TestProxy proxy, String user) {
        return failedLogin(proxy, user).stream()
                .filter(frame -> frame.is(BackendType.AUTHENTICATION))
                .map(frame -> frame.as(Authentication::parseFrom))
                .filter(Authentication.SaslContinue.class::isInstance)
                .map(step -> ((Authentication.SaslContinue) step).data().text())
                .map(text -> text.substring(text.indexOf(",s=")))
                .toList();
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
                        .change(Changed.backend(old -> as(old, "alice", old.password())));
        try (TestProxy proxy = TestProxy.start(settings);
                WireClient client = login(proxy, "whoever", TestSettings.DATABASE, "")) {
            assertThat(client.value("SELECT current_user")).contains("alice");
        }
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
}
