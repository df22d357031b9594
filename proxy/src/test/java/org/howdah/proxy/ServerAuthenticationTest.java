package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.howdah.proxy.TestLogins.PASSWORD;
import static org.howdah.proxy.TestLogins.PATIENCE;
import static org.howdah.proxy.TestLogins.as;
import static org.howdah.proxy.TestLogins.at;
import static org.howdah.proxy.TestLogins.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Environment;
import org.howdah.wire.ChannelBindingPolicy;
import org.howdah.wire.Credentials;
import org.howdah.wire.Payload;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.ScramHash;
import org.howdah.wire.ScramKeys;
import org.howdah.wire.ScramSalting;
import org.howdah.wire.ScramVerifier;
import org.howdah.wire.ServerError;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;
import org.howdah.wire.WireTls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy proves to a real server who it is: one user for each method, with TLS and without. */
class ServerAuthenticationTest {

    private static final String RULES =
            """
            local all all trust
            hostssl all plus all scram-sha-256
            hostnossl all plus all reject
            hostssl all certified all cert
            hostnossl all bare all scram-sha-256
            hostssl all bare all reject
            host all clear all password
            host all md5 all md5
            host all scram all scram-sha-256
            host all next all scram-sha-256
            host all postgres all trust
            """;

    @TempDir static Path directory;

    private static TestServer server;
    private static TestAuthority authority;
    private static TestAuthority.Issued certified;
    private static TestAuthority.Issued proxys;

    @BeforeAll
    static void start() throws IOException, SQLException {
        Path rules = directory.resolve("pg_hba.conf");
        Files.writeString(rules, RULES);
        authority = TestAuthority.in(directory);
        TestAuthority.Issued own =
                authority.issue("server", "localhost", "EC", "san=dns:localhost");
        certified = authority.issue("certified", "certified", "EC");
        proxys = authority.issue("proxy", "localhost", "EC", "san=dns:localhost");
        server = TestServer.start(ServerOptions.throwaway());
        Path data = Path.of(value("SHOW data_directory"));
        copy(own.key(), data.resolve("server.key"));
        copy(own.certificate(), data.resolve("server.crt"));
        copy(authority.file(), data.resolve("root.crt"));
        copy(rules, Path.of(value("SHOW hba_file")));
        server.execute(
                "SET password_encryption = 'md5'; CREATE USER md5 PASSWORD '" + PASSWORD + "'");
        for (String user : List.of("plus", "bare", "clear", "scram", "next")) {
            server.execute("CREATE USER %s PASSWORD '%s'".formatted(user, PASSWORD));
        }
        server.execute("CREATE USER certified");
        server.execute("ALTER SYSTEM SET ssl = on");
        server.execute("ALTER SYSTEM SET ssl_ca_file = 'root.crt'");
        server.execute("SELECT pg_catalog.pg_reload_conf()");
        Awaitility.await().atMost(PATIENCE).until(ServerAuthenticationTest::encrypts);
        assertThat(value("SELECT count(*) FROM pg_hba_file_rules WHERE error IS NULL"))
                .isEqualTo("" + RULES.lines().count());
    }

    /** Into a file of the server's, with its owner and nobody else's eyes on it. */
    private static void copy(Path from, Path to) throws IOException {
        var owner = Files.getOwner(to.getParent());
        Files.deleteIfExists(to);
        Files.createFile(
                to,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(to, Files.readString(from));
        Files.setOwner(to, owner);
    }

    private static String value(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static boolean encrypts() {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("sslmode", "require");
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), properties)) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestSettings settings(TlsSettings.Mode mode, String... users) {
        return TestSettings.of(server.port())
                .change(Changed.users(AuthMethod.SCRAM_SHA_256, users))
                .change(Changed.serverTls(tls(mode)));
    }

    private static TlsSettings tls(TlsSettings.Mode mode) {
        return new TlsSettings(
                mode,
                Optional.empty(),
                Optional.empty(),
                Optional.of(authority.file()),
                List.of(),
                List.of());
    }

    private static String verifier(String user) throws SQLException {
        return value("SELECT rolpassword FROM pg_authid WHERE rolname = '" + user + "'");
    }

    private static void enters(TestProxy proxy, String user) {
        try (WireClient client = login(proxy, user)) {
            assertThat(client.value("SELECT current_user")).contains(user);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clear", "md5", "scram", "plus", "bare"})
    void aPasswordServesEveryMethod(String user) {
        try (TestProxy proxy = TestProxy.start(settings(TlsSettings.Mode.PREFER, user, PASSWORD))) {
            enters(proxy, user);
        }
    }

    @Test
    void theClientsKeysArePassedThrough() throws SQLException {
        try (TestProxy proxy =
                TestProxy.start(
                        settings(
                                TlsSettings.Mode.PREFER,
                                "scram",
                                verifier("scram"),
                                "plus",
                                verifier("plus")))) {
            enters(proxy, "scram");
            enters(proxy, "plus");
        }
    }

    @Test
    void anMd5HashIsAsGoodAsItsPassword() throws SQLException {
        TestSettings settings =
                settings(TlsSettings.Mode.DISABLE)
                        .change(Changed.users(AuthMethod.MD5, "md5", verifier("md5")));
        try (TestProxy proxy = TestProxy.start(settings)) {
            enters(proxy, "md5");
        }
    }

    @Test
    void aVerifierOfAnotherSaltIsRefusedWithAReason() {
        ScramHash hash = new ScramHash();
        ScramSalting salting = new ScramSalting(Payload.of("0123456789abcdef"), 4096);
        ScramKeys keys = ScramKeys.derive(hash, Payload.of(PASSWORD).toByteArray(), salting);
        String other = ScramVerifier.of(hash, keys, salting).text();
        try (TestProxy proxy =
                TestProxy.start(settings(TlsSettings.Mode.DISABLE, "scram", other))) {
            assertThatThrownBy(() -> login(proxy, "scram")).hasMessageContaining("another salt");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DISABLE, scram, true",
        "DISABLE, plus, false",
        "ALLOW, scram, true",
        "ALLOW, plus, true",
        "ALLOW, bare, true",
        "PREFER, plus, true",
        "PREFER, bare, true",
        "REQUIRE, plus, true",
        "REQUIRE, bare, false",
        "VERIFY_CA, plus, true"
    })
    void encryptsAsLibpqDoes(TlsSettings.Mode mode, String user, boolean admitted) {
        try (TestProxy proxy = TestProxy.start(settings(mode, user, PASSWORD))) {
            if (admitted) {
                enters(proxy, user);
            } else {
                assertThatThrownBy(() -> login(proxy, user)).isInstanceOf(ServerError.class);
            }
        }
    }

    @Test
    void theServersNameMustBeInItsCertificate() {
        TestSettings settings = settings(TlsSettings.Mode.VERIFY_FULL, "plus", PASSWORD);
        try (TestProxy proxy =
                TestProxy.start(settings.change(Changed.backend(old -> at(old, "localhost"))))) {
            enters(proxy, "plus");
        }
        TestSettings byAddress = settings.times(old -> Timeout.login(old, Duration.ofSeconds(2)));
        try (TestProxy proxy = TestProxy.start(byAddress)) {
            assertThatThrownBy(() -> login(proxy, "plus")).isInstanceOf(ServerError.class);
        }
    }

    @Test
    void aCertificateServesAsPassword() {
        TlsSettings tls =
                new TlsSettings(
                        TlsSettings.Mode.VERIFY_CA,
                        Optional.of(certified.key()),
                        Optional.of(certified.certificate()),
                        Optional.of(authority.file()),
                        List.of(),
                        List.of());
        TestSettings settings =
                settings(TlsSettings.Mode.DISABLE, "certified", PASSWORD)
                        .change(Changed.serverTls(tls));
        try (TestProxy proxy = TestProxy.start(settings)) {
            enters(proxy, "certified");
        }
    }

    @Test
    void everybodyEntersAsTheDatabasesOwnUser() {
        TestSettings settings =
                settings(TlsSettings.Mode.DISABLE, "somebody", PASSWORD)
                        .change(
                                Changed.backend(old ->
                                        as(old, "scram", Optional.of(new Secret(PASSWORD)))));
        try (TestProxy proxy = TestProxy.start(settings);
                WireClient client = login(proxy, "somebody")) {
            assertThat(client.value("SELECT current_user")).contains("scram");
        }
    }

    @Test
    void thePasswordFileKnowsTheRest(@TempDir Path home) throws IOException {
        Path file = home.resolve("passwords");
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "*:" + server.port() + ":postgres:scram:" + PASSWORD + "\n");
        Environment environment =
                new Environment(Map.of("PGPASSFILE", file.toString()), home, "nobody");
        TestSettings settings =
                settings(TlsSettings.Mode.DISABLE)
                        .change(Changed.users(AuthMethod.TRUST, "scram", ""));
        try (TestProxy proxy = TestProxy.start(settings, environment)) {
            enters(proxy, "scram");
        }
    }

    @Test
    void aNewPasswordAtTheServerReplacesTheOld() throws SQLException {
        TestSettings settings =
                settings(TlsSettings.Mode.DISABLE)
                        .change(Changed.users(AuthMethod.SCRAM_SHA_256, "postgres", ""))
                        .change(
                                Changed.authQuery(
                                        "postgres",
                                        "SELECT rolname, rolpassword FROM pg_authid WHERE rolname=$1"));
        try (TestProxy proxy = TestProxy.start(settings)) {
            enters(proxy, "next");
            server.execute("ALTER USER next PASSWORD 'another'");
            server.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE usename = 'next'");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(RuntimeException.class)
                    .untilAsserted(() -> {
                        try (WireClient client =
                                login(proxy, "next", TestSettings.DATABASE, "another")) {
                            assertThat(client.value("SELECT current_user")).contains("next");
                        }
                    });
        }
    }

    @Test
    void cancelsAreEncryptedToo() throws Exception {
        TestSettings settings = settings(TlsSettings.Mode.REQUIRE, "plus", PASSWORD);
        try (TestProxy proxy = TestProxy.start(settings);
                Connection connection = proxy.connect("user=plus", "password=" + PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
                    .hasMessageContaining("cancel");
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void encryptedConnectionsGoFromLoopToLoop() throws Exception {
        TestSettings settings =
                settings(TlsSettings.Mode.REQUIRE, "plus", PASSWORD).loops(2).poolSize(1);
        try (TestProxy proxy = TestProxy.start(settings);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                clients.add(() -> {
                    int right = 0;
                    try (WireClient client = login(proxy, "plus")) {
                        for (int j = 0; j < 30; j++) {
                            String asked = Integer.toString(j);
                            right += client.value("SELECT " + j).equals(Optional.of(asked)) ? 1 : 0;
                        }
                    }
                    return right;
                });
            }
            for (Future<Integer> right : threads.invokeAll(clients)) {
                assertThat(right.get()).isEqualTo(30);
            }
        }
    }

    @Test
    void bothSidesAreEncryptedAndBound() throws SQLException {
        TlsSettings own =
                new TlsSettings(
                        TlsSettings.Mode.REQUIRE,
                        Optional.of(proxys.key()),
                        Optional.of(proxys.certificate()),
                        Optional.empty(),
                        List.of(),
                        List.of());
        TestSettings settings =
                settings(TlsSettings.Mode.VERIFY_CA, "plus", verifier("plus"))
                        .change(Changed.clientTls(own))
                        .loops(2);
        try (TestProxy proxy = TestProxy.start(settings);
                WireClient client = WireClient.connect(proxy.address(), PATIENCE)) {
            client.startTls(
                            new WireTls(authority.context(), "localhost", true, false),
                            ChannelBindingPolicy.REQUIRE)
                    .login(
                            StartupMessage.of(ProtocolVersion.V3_2, "plus", TestSettings.DATABASE),
                            Credentials.password(PASSWORD));
            assertThat(client.value("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .contains("t");
            assertThat(client.value("SELECT repeat('x', 3000000)").orElseThrow())
                    .hasSize(3_000_000);
        }
    }
}
