package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.howdah.embedded.TestServer;
import org.howdah.transport.TransportKind;
import org.howdah.wire.BackendType;
import org.howdah.wire.ChannelBindingPolicy;
import org.howdah.wire.Credentials;
import org.howdah.wire.Frame;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.SslRequest;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;
import org.howdah.wire.WireTls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS between clients and the proxy. */
class ClientTlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSWORD = "open sesame";

    @TempDir static Path directory;

    private static TestServer server;
    private static TestAuthority authority;
    private static TestAuthority.Issued own;
    private static TestAuthority.Issued alice;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.execute("CREATE USER alice; CREATE USER bob");
        authority = TestAuthority.in(directory);
        own = authority.issue("proxy", "localhost", "EC", "san=dns:localhost");
        alice = authority.issue("alice", "alice", "RSA");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TlsSettings tls(TlsSettings.Mode mode, Path key, Path certificate) {
        return new TlsSettings(
                mode,
                Optional.of(key),
                Optional.of(certificate),
                Optional.of(authority.file()),
                List.of(),
                List.of());
    }

    private static TestSettings settings(TlsSettings.Mode mode, AuthMethod method) {
        return TestSettings.of(server.port())
                .change(Changed.users(method, "alice", PASSWORD, "bob", PASSWORD))
                .change(Changed.clientTls(tls(mode, own.key(), own.certificate())));
    }

    private static WireClient encrypted(TestProxy proxy, SSLContext context, boolean direct) {
        WireClient client = WireClient.connect(proxy.address(), PATIENCE);
        return client.startTls(
                new WireTls(context, "localhost", true, direct), ChannelBindingPolicy.REQUIRE);
    }

    private static StartupMessage startup(String user) {
        return StartupMessage.of(ProtocolVersion.V3_0, user, TestSettings.DATABASE);
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void aClientIsBoundToItsChannel(TransportKind transport) {
        TestSettings settings = settings(TlsSettings.Mode.PREFER, AuthMethod.SCRAM_SHA_256);
        try (TestProxy proxy = TestProxy.start(settings.transport(transport));
                WireClient asked = encrypted(proxy, authority.context(), false);
                WireClient direct = encrypted(proxy, authority.context(), true)) {
            asked.login(startup("alice"), Credentials.password(PASSWORD));
            direct.login(startup("alice"), Credentials.password(PASSWORD));
            assertThat(asked.value("SELECT repeat('x', 1000000)").orElseThrow()).hasSize(1_000_000);
            assertThat(direct.value("SELECT current_user")).contains("alice");
        }
    }

    @Test
    void theDriverEncryptsAndCancels() throws Exception {
        try (TestProxy proxy = TestProxy.start(settings(TlsSettings.Mode.REQUIRE, AuthMethod.MD5));
                Connection connection =
                        proxy.connect(
                                "user=alice",
                                "password=" + PASSWORD,
                                "sslmode=verify-ca",
                                "sslrootcert=" + authority.file());
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
                    .hasMessageContaining("cancel");
            try (ResultSet rows = statement.executeQuery("SELECT 1")) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    @Test
    void plainClientsAreRefusedWhereTlsIsDemanded() {
        try (TestProxy proxy =
                        TestProxy.start(settings(TlsSettings.Mode.REQUIRE, AuthMethod.TRUST));
                WireClient client = WireClient.connect(proxy.address(), PATIENCE)) {
            assertThatThrownBy(() -> client.login(startup("alice"), Credentials.none()))
                    .hasMessageContaining("must be encrypted");
        }
    }

    @Test
    void theCertificateMustNameTheUser() {
        try (TestProxy proxy =
                TestProxy.start(settings(TlsSettings.Mode.VERIFY_FULL, AuthMethod.CERTIFICATE))) {
            try (WireClient client = certified(proxy, alice.context())) {
                client.login(startup("alice"), Credentials.none());
                assertThat(client.value("SELECT current_user")).contains("alice");
            }
            try (WireClient client = certified(proxy, alice.context())) {
                assertThatThrownBy(() -> client.login(startup("bob"), Credentials.none()))
                        .hasMessageContaining("certificate authentication failed");
            }
            assertThatThrownBy(
                            () -> {
                                try (WireClient client = certified(proxy, authority.context())) {
                                    client.login(startup("alice"), Credentials.none());
                                }
                            })
                    .isInstanceOf(java.io.UncheckedIOException.class);
        }
    }

    private static WireClient certified(TestProxy proxy, SSLContext context) {
        return WireClient.connect(proxy.address(), PATIENCE)
                .startTls(
                        new WireTls(context, "localhost", true, false),
                        ChannelBindingPolicy.PREFER);
    }

    @Test
    void anIdentMapNamesOthers() {
        IdentMap map =
                new IdentMap(
                        "staff",
                        List.of(
                                new IdentMap.Line(
                                        new IdentMap.Outer.Exactly("alice"),
                                        new IdentMap.Inner.Exactly("bob"))));
        HbaRule.Names all = new HbaRule.Names(true, false, false, Set.of(), List.of());
        HbaRule rule =
                new HbaRule(
                        HbaRule.Connection.HOST_TLS,
                        all,
                        all,
                        List.of(),
                        AuthMethod.CERTIFICATE,
                        Map.of(),
                        Optional.of(map),
                        1);
        TestSettings settings =
                settings(TlsSettings.Mode.REQUIRE, AuthMethod.HBA)
                        .change(Changed.rules(List.of(rule)));
        try (TestProxy proxy = TestProxy.start(settings);
                WireClient client = certified(proxy, alice.context());
                WireClient bare = certified(proxy, authority.context())) {
            client.login(startup("bob"), Credentials.none());
            assertThat(client.value("SELECT current_user")).contains("bob");
            assertThatThrownBy(() -> bare.login(startup("bob"), Credentials.none()))
                    .hasMessageContaining("valid client certificate");
        }
    }

    @Test
    void bytesBehindTheRequestAreRefused() {
        try (TestProxy proxy =
                        TestProxy.start(settings(TlsSettings.Mode.PREFER, AuthMethod.TRUST));
                WireClient client = WireClient.connect(proxy.address(), PATIENCE)) {
            MessageWriter out = MessageWriter.heap(100);
            new SslRequest().writeTo(out);
            startup("alice").writeTo(out);
            client.sendBytes(out.toByteArray());
            Frame answer = client.receive();
            assertThat(answer.is(BackendType.ERROR_RESPONSE)).isTrue();
            assertThat(answer.diagnostic().message()).contains("unencrypted data after SSL");
            assertThat(client.receiveOrEnd()).isEmpty();
        }
    }

    @Test
    void aHandshakeUnaskedMustNameTheProtocol() throws Exception {
        try (TestProxy proxy =
                        TestProxy.start(settings(TlsSettings.Mode.PREFER, AuthMethod.TRUST));
                var socket =
                        (javax.net.ssl.SSLSocket)
                                authority
                                        .context()
                                        .getSocketFactory()
                                        .createSocket(proxy.address().getAddress(), proxy.port())) {
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).contains("without ALPN");
        }
    }

    @Test
    void newCertificatesAreTakenWithoutLosingClients() throws Exception {
        Path key = directory.resolve("current.key");
        Path certificate = directory.resolve("current.crt");
        Files.copy(own.key(), key);
        Files.copy(own.certificate(), certificate);
        TestSettings settings =
                TestSettings.of(server.port())
                        .change(Changed.users(AuthMethod.TRUST, "alice", ""))
                        .change(Changed.clientTls(tls(TlsSettings.Mode.REQUIRE, key, certificate)));
        TestAuthority.Issued next =
                authority.issue("next", "localhost", "RSA", "san=dns:localhost");
        try (TestProxy proxy = TestProxy.start(settings);
                WireClient before = certified(proxy, authority.context())) {
            before.login(startup("alice"), Credentials.none());
            Files.writeString(certificate, "no certificate");
            assertThatThrownBy(() -> proxy.proxy().reload(settings.build()))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("client_tls_cert_file");
            certified(proxy, authority.context()).close();
            Files.writeString(key, Files.readString(next.key()));
            Files.writeString(certificate, Files.readString(next.certificate()));
            proxy.proxy().reload(settings.build());
            try (WireClient after = certified(proxy, authority.context())) {
                after.login(startup("alice"), Credentials.none());
                assertThat(after.value("SELECT 1")).contains("1");
            }
            assertThat(before.value("SELECT 2")).contains("2");
        }
    }
}
