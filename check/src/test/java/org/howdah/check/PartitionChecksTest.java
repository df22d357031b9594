package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.howdah.embedded.TestServer;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PartitionChecksTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestDatabase.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Weekly partitions, the first of which began so many days ago. */
    private static TestDatabase weekly(String type, int startedDaysAgo, int partitions) {
        return TestDatabase.on(server)
                .execute(
                        "CREATE TABLE log (id int, at %s NOT NULL) PARTITION BY RANGE (at)"
                                .formatted(type),
                        """
                        DO $$ BEGIN
                            FOR i IN 0..%d LOOP
                                EXECUTE format('CREATE TABLE log_%%s PARTITION OF log FOR VALUES FROM (%%L) TO (%%L)',
                                               i, current_date - %d + 7 * i, current_date - %d + 7 * (i + 1));
                            END LOOP;
                        END $$
                        """
                                .formatted(partitions - 1, startedDaysAgo, startedDaysAgo),
                        "INSERT INTO log VALUES (1, current_date - %d)".formatted(startedDaysAgo));
    }

    @Test
    void no_partition_for_the_coming_week_is_found() {
        for (String type : new String[] {"date", "timestamp", "timestamptz"}) {
            Finding finding = weekly(type, 10, 2).only(new PartitionsAheadCheck(), "public.log");
            assertThat(finding.severity()).as(type).isEqualTo(Severity.WARNING);
            assertThat(finding.summary()).contains("log_1").contains("it ends in");
            weekly(type, 10, 4).quiet(new PartitionsAheadCheck());
        }
        assertThat(weekly("date", 20, 2).only(new PartitionsAheadCheck(), "public.log").severity())
                .isEqualTo(Severity.CRITICAL);
    }

    @Test
    void the_end_of_numbers_is_foreseen_from_the_sequence() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE log (id bigserial, note text) PARTITION BY RANGE (id)",
                                "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (1000)",
                                "INSERT INTO log (note) SELECT 'x' FROM generate_series(1, 300)");
        database.quiet(new PartitionsAheadCheck());
        database.execute("INSERT INTO log (note) SELECT 'x' FROM generate_series(1, 400)");
        database.only(new PartitionsAheadCheck(), "public.log");
        database.execute("CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM (1000) TO (2000)")
                .quiet(new PartitionsAheadCheck());
    }

    @Test
    void a_default_partition_with_rows_is_found() {
        TestDatabase database =
                weekly("date", 10, 4).execute("CREATE TABLE log_rest PARTITION OF log DEFAULT");
        database.quiet(new DefaultPartitionCheck());
        database.execute(
                "INSERT INTO log SELECT i, current_date + 100 FROM generate_series(1, 20000) i");
        assertThat(database.only(new DefaultPartitionCheck(), "public.log_rest").severity())
                .isEqualTo(Severity.WARNING);
        database.execute("DELETE FROM log_rest").quiet(new DefaultPartitionCheck());
    }

    @Test
    void a_thousand_partitions_are_found() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE many (id int) PARTITION BY LIST (id)",
                                partitions(1, 999));
        database.quiet(new TooManyPartitionsCheck());
        database.execute(partitions(1000, 1000));
        database.only(new TooManyPartitionsCheck(), "public.many");
    }

    private static String partitions(int from, int to) {
        return """
        DO $$ BEGIN
            FOR i IN %d..%d LOOP
                EXECUTE format('CREATE TABLE many_%%s PARTITION OF many FOR VALUES IN (%%s)', i, i);
                IF i %% 200 = 0 THEN COMMIT; END IF;
            END LOOP;
        END $$
        """
                .formatted(from, to);
    }

    @Test
    void a_detach_that_was_not_ended_is_found() throws SQLException {
        TestDatabase database = weekly("date", 10, 4);
        database.quiet(new DetachPendingCheck());
        try (Connection reader = database.connect();
                Connection detacher = database.connect();
                Statement read = reader.createStatement();
                Statement detach = detacher.createStatement()) {
            reader.setAutoCommit(false);
            read.execute("SELECT count(*) FROM log");
            detach.execute("SET statement_timeout = '300ms'");
            detach.execute("ALTER TABLE log DETACH PARTITION log_0 CONCURRENTLY");
        } catch (SQLException canceled) {
            assertThat(canceled.getSQLState()).isEqualTo("57014");
        }
        Finding finding = database.only(new DetachPendingCheck(), "public.log_0");
        database.execute(finding.remedies().getFirst().statements().getFirst())
                .quiet(new DetachPendingCheck());
    }
}
