package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.awaitility.Awaitility;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stands in the configuration files and is not in force. */
class SettingsFilesTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(ServerOptions.throwaway().withSetting("max_connections", "100"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_broken_line_and_a_change_that_waits_for_a_restart_are_told_apart() {
        server.execute("ALTER SYSTEM SET max_connections = 120");
        try {
            server.server().reload();
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(
                                            Reading.findings(
                                                    Reading.check("settings-pending-restart"),
                                                    Reading.of(server)))
                                    .singleElement()
                                    .satisfies(finding ->
                                            assertThat(finding.summary())
                                                    .contains(
                                                            "max_connections is 100",
                                                            "120 waits")));
            assertThat(Reading.findings(Reading.check("settings-file-errors"), Reading.of(server)))
                    .isEmpty();
            append("work_mem = 'much'\n");
            assertThat(Reading.findings(Reading.check("settings-file-errors"), Reading.of(server)))
                    .singleElement()
                    .satisfies(
                            finding -> assertThat(finding.subject().name()).isEqualTo("work_mem"));
        } finally {
            server.execute("ALTER SYSTEM RESET max_connections");
        }
    }

    private static void append(String line) {
        try {
            Files.writeString(
                    server.server().data().resolve("postgresql.conf"),
                    line,
                    StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
