package org.howdah.wire;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.howdah.embedded.TestServer;

/** PostgreSQL 18 with a user for each method of logging in; their password is {@code sésame}. */
final class LoginServer implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final String DATABASE = "postgres";
    private static final List<String> ACCESS =
            List.of(
                    "local all all trust",
                    "hostssl all over_tls all scram-sha-256",
                    "host all over_tls all reject",
                    "host all with_md5 all md5",
                    "host all with_scram all scram-sha-256",
                    "host all in_clear all password",
                    "host all all all trust");

    private final TestServer server;
    private final TestCertificate certificate;

    private LoginServer(TestServer server, TestCertificate certificate) {
        this.server = server;
        this.certificate = certificate;
    }

    static LoginServer start(Path scratch) throws Exception {
        TestCertificate certificate = TestCertificate.make(scratch, List.of("-keyalg", "EC"));
        TestServer server = TestServer.start();
        LoginServer started = new LoginServer(server, certificate);
        server.execute(
                "SET password_encryption = 'md5'; CREATE ROLE with_md5 LOGIN PASSWORD 'sésame';"
                        + " SET password_encryption = 'scram-sha-256'; CREATE ROLE with_scram LOGIN"
                        + " PASSWORD 'sésame'; CREATE ROLE over_tls LOGIN PASSWORD 'sésame';"
                        + " CREATE ROLE in_clear LOGIN PASSWORD 'sésame'");
        started.place("server.crt", certificate.certificatePem().lines().toList());
        started.place("server.key", certificate.keyPem().lines().toList());
        started.place("pg_hba.conf", ACCESS);
        server.execute("ALTER SYSTEM SET ssl = on");
        server.execute("SELECT pg_catalog.pg_reload_conf()");
        await().until(() -> started.refused("with_scram", "wrong") && started.encrypts());
        return started;
    }

    TestServer postgres() {
        return server;
    }

    /** The server itself writes the file: it must be its own. */
    private void place(String file, List<String> lines) {
        String sql =
                "COPY (SELECT unnest('%s'::text[])) TO PROGRAM 'umask 077; cat > %s'"
                        .formatted("{\"" + String.join("\",\"", lines) + "\"}", file);
        server.execute(sql);
    }

    SocketAddress tcp() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    SocketAddress unix() {
        return UnixDomainSocketAddress.of(
                server.server().socketDirectory().resolve(".s.PGSQL." + server.port()));
    }

    boolean refused(String user, String password) {
        try (WireClient _ = login(user, Credentials.password(password))) {
            return false;
        } catch (ServerError refused) {
            return refused.diagnostic().sqlState().equals(SqlState.INVALID_PASSWORD);
        }
    }

    private boolean encrypts() {
        try (WireClient client = WireClient.connect(tcp(), PATIENCE)) {
            client.startTls(tls(false), ChannelBindingPolicy.PREFER);
            return true;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    WireTls tls(boolean direct) {
        try {
            return new WireTls(certificate.trusting(), "localhost", true, direct);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    WireClient login(String user, Credentials credentials) {
        return login(StartupMessage.of(ProtocolVersion.V3_2, user, DATABASE), credentials);
    }

    WireClient login(StartupMessage startup, Credentials credentials) {
        WireClient client = WireClient.connect(tcp(), PATIENCE);
        try {
            return client.login(startup, credentials);
        } catch (RuntimeException failed) {
            client.close();
            throw failed;
        }
    }

    /** What PostgreSQL keeps of a role's password. */
    String stored(String role) {
        try (WireClient client = login("postgres", Credentials.none())) {
            return client.value("SELECT rolpassword FROM pg_authid WHERE rolname = '" + role + "'")
                    .orElseThrow();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
