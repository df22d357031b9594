package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import org.howdah.cluster.ClusterFacts;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The checks of roles, passwords and rules, and what all checks say without rights. */
class SecurityChecksTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void superusers_that_log_in_are_named_and_so_are_their_programs() throws Exception {
        assertThat(Reading.findings(new SuperuserLoginsCheck(), Reading.of(server)))
                .as("one superuser and nobody but us")
                .isEmpty();
        server.execute("CREATE ROLE boss SUPERUSER LOGIN; CREATE ROLE asleep SUPERUSER NOLOGIN");
        try (Connection shop =
                DriverManager.getConnection(server.jdbcUrl() + "&ApplicationName=shop&user=boss")) {
            assertThat(shop.isValid(1)).isTrue();
            assertThat(Reading.findings(new SuperuserLoginsCheck(), Reading.of(server)))
                    .extracting(Finding::summary)
                    .contains("The role boss is a superuser and may log in")
                    .anyMatch(summary ->
                            summary.contains("run as superuser") && summary.contains("shop"))
                    .noneMatch(summary -> summary.contains("asleep"));
        } finally {
            server.execute("DROP ROLE boss; DROP ROLE asleep");
        }
    }

    @Test
    void passwords_stored_as_md5_are_named() {
        assertThat(Reading.findings(new WeakPasswordsCheck(), Reading.of(server))).isEmpty();
        server.execute("CREATE ROLE modern LOGIN PASSWORD 'secret'");
        server.execute("SET password_encryption = md5; CREATE ROLE dated LOGIN PASSWORD 'secret'");
        server.execute("ALTER SYSTEM SET password_encryption = md5");
        server.server().reload();
        try {
            org.awaitility.Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(
                                            Reading.findings(
                                                    new WeakPasswordsCheck(), Reading.of(server)))
                                    .extracting(Finding::summary)
                                    .containsExactly(
                                            "password_encryption = md5: new passwords are stored as MD5",
                                            "The passwords of 1 roles are stored as MD5: dated"));
        } finally {
            server.execute("ALTER SYSTEM RESET password_encryption");
            server.execute("DROP ROLE modern; DROP ROLE dated");
            server.server().reload();
            // Later tests rewrite pg_hba.conf, which a late reload would read.
            org.awaitility.Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(
                                            Reading.findings(
                                                    new WeakPasswordsCheck(), Reading.of(server)))
                                    .isEmpty());
        }
    }

    @Test
    void rules_that_let_people_in_too_easily_are_shown_with_their_line() throws IOException {
        Path file = server.server().data().resolve("pg_hba.conf");
        String before = Files.readString(file);
        try {
            Files.writeString(
                    file, "local all all peer\nhost all all 127.0.0.1/32 scram-sha-256\n");
            assertThat(Reading.findings(new HbaRulesCheck(), Reading.of(server))).isEmpty();
            Files.writeString(
                    file,
                    """
                    host all all 10.0.0.0/8 trust
                    local all all trust
                    host all all 10.0.0.0/8 password
                    hostssl all all 10.0.0.0/8 password
                    host all all 10.0.0.0/8 md5
                    host all all nonsense
                    """,
                    StandardOpenOption.TRUNCATE_EXISTING);
            assertThat(Reading.findings(new HbaRulesCheck(), Reading.of(server)))
                    .extracting(finding -> finding.subject().name() + " " + finding.severity())
                    .containsExactlyInAnyOrder(
                            "pg_hba.conf line 1 CRITICAL",
                            "pg_hba.conf line 2 NOTICE",
                            "pg_hba.conf line 3 WARNING",
                            "pg_hba.conf line 4 NOTICE",
                            "pg_hba.conf line 5 NOTICE",
                            "pg_hba.conf line 6 CRITICAL");
        } finally {
            Files.writeString(file, before);
        }
    }

    @Test
    void without_rights_checks_say_what_they_need_and_are_never_fine() {
        server.execute("CREATE ROLE guest LOGIN");
        ClusterFacts facts = Reading.of(server.port(), "postgres", "guest", Reading.MACHINE);
        for (String id :
                List.of(
                        "idle-in-transaction",
                        "blocked-sessions",
                        "connections-used",
                        "slow-statements",
                        "heavy-statements",
                        "statements-missing",
                        "replica-lag",
                        "horizon")) {
            assertThat(Reading.check(id).run(facts))
                    .as(id)
                    .isEqualTo(
                            new Outcome.NotChecked(
                                    "the role guest may not see the sessions and statements of others",
                                    Optional.of("GRANT pg_monitor TO \"guest\"")));
        }
        assertThat(Reading.check("hba-rules").run(facts))
                .isInstanceOfSatisfying(
                        Outcome.NotChecked.class,
                        gap -> assertThat(gap.grant().orElse("")).contains("pg_hba_file_rules"));
        assertThat(Reading.check("weak-passwords").run(facts))
                .isInstanceOfSatisfying(
                        Outcome.Checked.class,
                        checked ->
                                assertThat(checked.gaps())
                                        .singleElement()
                                        .satisfies(gap ->
                                                assertThat(gap.grant().orElse(""))
                                                        .contains("pg_authid")));
        server.execute("GRANT pg_monitor TO guest");
        ClusterFacts monitor = Reading.of(server.port(), "postgres", "guest", Reading.MACHINE);
        assertThat(Reading.findings(Reading.check("horizon"), monitor)).isEmpty();
        server.execute("DROP ROLE guest");
    }

    @Test
    void the_limits_of_our_own_session_are_not_the_servers() {
        try (Session session =
                Session.open(
                        Dsn.of("127.0.0.1", server.port(), "postgres", "postgres"),
                        SessionOptions.reading("test"))) {
            String limits =
                    session.one(
                            "SELECT current_setting('statement_timeout') || ' ' || current_setting('lock_timeout')",
                            row -> row.getString(1));
            assertThat(limits).isEqualTo("5s 100ms");
        }
        assertThat(Reading.findings(new SettingsTimeoutsCheck(), Reading.of(server)))
                .extracting(finding -> finding.subject().name())
                .containsExactly("idle_in_transaction_session_timeout");
    }

    @Test
    void every_finding_has_a_severity_a_reason_and_something_to_do() {
        ClusterFacts facts = Reading.of(server);
        ServerChecks.all().stream()
                .map(check -> check.run(facts))
                .filter(Outcome.Checked.class::isInstance)
                .flatMap(outcome -> ((Outcome.Checked) outcome).findings().stream())
                .forEach(finding -> {
                    assertThat(finding.why()).as(finding.summary()).endsWith(".");
                    assertThat(finding.severity()).isBetween(Severity.NOTICE, Severity.CRITICAL);
                    assertThat(finding.remedies()).as(finding.summary()).isNotEmpty();
                });
    }
}
