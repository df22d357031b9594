package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's side of a login against PostgreSQL's JDBC driver, whose SCRAM is not ours. */
class ScramServerTest {

    private static TestCertificate certificate;
    private static Path trusted;

    @BeforeAll
    static void certify(@TempDir Path scratch) throws Exception {
        certificate = TestCertificate.make(scratch, List.of("-keyalg", "EC"));
        trusted = scratch.resolve("root.crt");
        Files.writeString(trusted, certificate.certificatePem());
    }

    private static Properties driver(String user, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("assumeMinServerVersion", "18");
        properties.setProperty("loginTimeout", "10");
        return properties;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sesame", "s\u00E9same", "\u2168\u00A0x"})
    void theDriverLogsIn(String password) throws IOException, SQLException {
        try (LoginOnly server = LoginOnly.start(Optional.empty(), "alice", password);
                Connection connection =
                        DriverManager.getConnection(server.url(), driver("alice", password))) {
            assertThat(connection.isClosed()).isFalse();
            assertThat(server.mechanism()).isEqualTo("SCRAM-SHA-256");
        }
    }

    @Test
    void theDriverBindsToTheChannel() throws IOException, SQLException {
        Properties properties = driver("alice", "sesame");
        properties.setProperty("channelBinding", "require");
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", trusted.toString());
        try (LoginOnly server = LoginOnly.start(Optional.of(certificate), "alice", "sesame");
                Connection connection = DriverManager.getConnection(server.url(), properties)) {
            assertThat(connection.isClosed()).isFalse();
            assertThat(server.mechanism()).isEqualTo("SCRAM-SHA-256-PLUS");
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGetTheSameAnswer() throws IOException {
        try (LoginOnly server = LoginOnly.start(Optional.empty(), "alice", "sesame")) {
            for (String user : List.of("alice", "nobody")) {
                SQLException refused =
                        catchThrowableOfType(
                                SQLException.class,
                                () ->
                                        DriverManager.getConnection(
                                                server.url(), driver(user, "wrong")));
                assertThat(refused.getSQLState()).isEqualTo(SqlState.INVALID_PASSWORD);
                assertThat(refused.getMessage())
                        .contains("password authentication failed for user \"" + user + "\"");
            }
        }
    }
}
