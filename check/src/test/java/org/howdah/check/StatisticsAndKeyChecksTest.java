package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.howdah.embedded.TestServer;
import org.howdah.remedy.Analyze;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StatisticsAndKeyChecksTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestDatabase.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_table_without_statistics_is_found_until_it_is_analyzed() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE loaded (id int)",
                                "INSERT INTO loaded SELECT generate_series(1, 5000)");
        Finding finding = database.only(new MissingStatisticsCheck(), "public.loaded");
        assertThat(finding.remedies().getFirst()).isInstanceOf(Analyze.class);
        database.quiet(new StaleStatisticsCheck());
        database.execute("ANALYZE loaded").quiet(new MissingStatisticsCheck());
    }

    @Test
    void a_large_table_that_was_indexed_but_never_analyzed_has_no_statistics_either() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE loaded (id int)",
                                "INSERT INTO loaded SELECT generate_series(1, 50000)",
                                "CREATE INDEX ON loaded (id)");
        database.only(new MissingStatisticsCheck(), "public.loaded");
        database.quiet(new StaleStatisticsCheck());
    }

    @Test
    void stale_statistics_are_found_until_they_are_renewed() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE grown (id int)",
                                "INSERT INTO grown SELECT generate_series(1, 10000)",
                                "ANALYZE grown",
                                "INSERT INTO grown SELECT generate_series(1, 1500)");
        database.quiet(new StaleStatisticsCheck());
        database.execute("INSERT INTO grown SELECT generate_series(1, 1500)");
        Finding finding = database.only(new StaleStatisticsCheck(), "public.grown");
        assertThat(finding.measures().getFirst().value()).isEqualTo(3000);
        database.execute(finding.remedies().getFirst().statements().getFirst())
                .quiet(new StaleStatisticsCheck());
    }

    @Test
    void a_sequence_near_the_end_of_its_column_is_found() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE numbered (id serial PRIMARY KEY)",
                                "CREATE TABLE wide (id bigserial PRIMARY KEY)",
                                "CREATE SEQUENCE big",
                                "CREATE TABLE narrow (id int PRIMARY KEY DEFAULT nextval('big'))",
                                "SELECT setval('numbered_id_seq', 1000000000), setval('wide_id_seq', 2000000000), setval('big', 1)");
        database.quiet(new SequenceExhaustionCheck());
        database.execute("SELECT setval('numbered_id_seq', 2000000000)");
        Finding finding = database.only(new SequenceExhaustionCheck(), "public.numbered_id_seq");
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        database.execute("SELECT setval('numbered_id_seq', 1), setval('big', 1700000000)");
        assertThat(database.only(new SequenceExhaustionCheck(), "public.big").summary())
                .contains("public.narrow.id (integer)");
    }

    @Test
    void a_key_near_the_end_of_its_type_is_found_without_a_sequence() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE given (id int PRIMARY KEY, small smallint UNIQUE)",
                                "INSERT INTO given SELECT 1900000000 + i, i FROM generate_series(1, 1000) i",
                                "ANALYZE given");
        Finding finding = database.only(new IntegerKeyExhaustionCheck(), "public.given.id");
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        database.execute("UPDATE given SET id = id - 1900000000", "ANALYZE given")
                .quiet(new IntegerKeyExhaustionCheck());
    }

    @Test
    void a_table_without_a_primary_key_is_found() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute("CREATE TABLE keyless (id int NOT NULL, note text)");
        assertThat(database.only(new MissingPrimaryKeyCheck(), "public.keyless").severity())
                .isEqualTo(Severity.WARNING);
        database.execute("CREATE UNIQUE INDEX keyless_id ON keyless (id)");
        Finding finding = database.only(new MissingPrimaryKeyCheck(), "public.keyless");
        assertThat(finding.severity()).isEqualTo(Severity.NOTICE);
        database.execute(finding.remedies().getFirst().statements().getLast())
                .quiet(new MissingPrimaryKeyCheck());
    }

    @Test
    void a_foreign_key_of_a_narrower_type_is_found() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE wide (id bigint PRIMARY KEY)",
                                "CREATE TABLE fine (id bigint REFERENCES wide)",
                                "CREATE TABLE narrow (wide_id int REFERENCES wide)");
        Finding finding = database.only(new ForeignKeyTypeCheck(), "public.narrow");
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        database.execute(finding.remedies().getFirst().statements().getFirst())
                .quiet(new ForeignKeyTypeCheck());
    }

    @Test
    void a_constraint_that_was_never_validated_is_found() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE checked (id int CHECK (id < 100))",
                                "ALTER TABLE checked ADD CONSTRAINT positive CHECK (id > 0) NOT VALID");
        Finding finding = database.only(new UnvalidatedConstraintCheck(), "public.checked");
        database.execute(finding.remedies().getFirst().statements().getFirst())
                .quiet(new UnvalidatedConstraintCheck());
    }
}
