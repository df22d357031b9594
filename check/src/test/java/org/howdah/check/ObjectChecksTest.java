package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.cluster.ClusterFacts;
import org.howdah.embedded.TestServer;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ObjectChecksTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestDatabase.server();
        server.execute("CREATE ROLE watcher LOGIN IN ROLE pg_monitor");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_unlogged_table_is_found_and_matters_more_where_there_are_readers() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE UNLOGGED TABLE fleeting (id int)",
                                "CREATE TABLE kept (id int)");
        assertThat(database.only(new UnloggedTableCheck(), "public.fleeting").severity())
                .isEqualTo(Severity.NOTICE);
        ClusterFacts facts = database.facts();
        ClusterFacts read = new ClusterFacts("c", facts.main(), List.of(facts.main()), List.of());
        assertThat(
                        ((Outcome.Checked) new UnloggedTableCheck().run(read))
                                .findings()
                                .getFirst()
                                .severity())
                .isEqualTo(Severity.WARNING);
        database.execute("ALTER TABLE fleeting SET LOGGED").quiet(new UnloggedTableCheck());
    }

    @Test
    void an_outdated_extension_is_found() {
        TestDatabase database =
                TestDatabase.on(server).execute("CREATE EXTENSION hstore VERSION '1.4'");
        Finding finding = database.only(new OutdatedExtensionCheck(), "hstore");
        database.execute(finding.remedies().getFirst().statements().getFirst())
                .quiet(new OutdatedExtensionCheck());
    }

    @Test
    void a_table_locked_for_ever_is_reported_and_all_checks_return() throws SQLException {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE held (id int PRIMARY KEY, note text)",
                                "CREATE INDEX ON held (lower(note))",
                                "CREATE TABLE free (id int)");
        database.quiet(new LockedTableCheck());
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE held IN ACCESS EXCLUSIVE MODE");
            Instant begun = Instant.now();
            ClusterFacts facts = database.facts();
            Set<String> notChecked =
                    DatabaseChecks.all().stream()
                            .filter(check -> check.run(facts) instanceof Outcome.NotChecked)
                            .map(Check::id)
                            .collect(Collectors.toSet());
            assertThat(notChecked).isEmpty();
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
            Finding finding = database.only(new LockedTableCheck(), "public.held");
            assertThat(finding.summary()).contains("holds ACCESS EXCLUSIVE");
            database.only(new MissingPrimaryKeyCheck(), "public.free");
            holder.rollback();
        }
        database.quiet(new LockedTableCheck());
    }

    @Test
    void what_a_role_may_not_read_is_not_checked_and_the_grant_is_named() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE secret (id int PRIMARY KEY, n serial)",
                                "INSERT INTO secret SELECT generate_series(1, 100000)",
                                "ANALYZE secret");
        ClusterFacts facts = database.factsAs("watcher");
        Optional<String> grant = Optional.of("GRANT pg_read_all_data TO {role}");
        for (Check check :
                List.of(
                        new SequenceExhaustionCheck(),
                        new IntegerKeyExhaustionCheck(),
                        new TableBloatCheck(),
                        new IndexBloatCheck())) {
            assertThat(check.run(facts))
                    .as(check.id())
                    .isInstanceOfSatisfying(
                            Outcome.NotChecked.class,
                            outcome -> assertThat(outcome.grant()).isEqualTo(grant));
        }
        database.execute("GRANT SELECT ON secret_n_seq TO watcher", "CREATE SEQUENCE hidden");
        assertThat(new SequenceExhaustionCheck().run(database.factsAs("watcher")))
                .isInstanceOfSatisfying(
                        Outcome.Checked.class, outcome -> assertThat(outcome.gaps()).hasSize(1));
        assertThat(new DeadRowsCheck().run(facts)).isInstanceOf(Outcome.Checked.class);
    }

    @Test
    void each_check_has_an_identifier_of_its_own_and_a_healthy_database_none_of_their_findings() {
        assertThat(DatabaseChecks.all()).extracting(Check::id).doesNotHaveDuplicates().hasSize(28);
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE fine (id bigserial PRIMARY KEY, note text)",
                                "INSERT INTO fine (note) SELECT 'x' FROM generate_series(1, 5000)",
                                "VACUUM ANALYZE");
        for (Check check : DatabaseChecks.all()) {
            assertThat(check.run(database.facts())).isEqualTo(new Outcome.Checked(List.of()));
        }
    }
}
