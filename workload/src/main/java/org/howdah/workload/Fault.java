package org.howdah.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** One way in which databases get into bad shape, to be put into a loaded workload for real. */
public sealed interface Fault {

    /** A stable name such as {@code duplicate-index}. */
    String name();

    /** What is wrong, in one sentence with the names of this server. */
    String describe(Names names);

    /** Puts the fault in. */
    void apply(ConnectionSource source, Names names) throws SQLException;

    /** A setting that somebody changed for the worse, by ALTER SYSTEM; a reload has taken it. */
    record BadSetting(String setting, String value, String harm) implements Fault {
        @Override
        public String name() {
            return "bad-setting";
        }

        @Override
        public String describe(Names names) {
            return "%s is %s: %s.".formatted(setting, value, harm);
        }

        @Override
        public void apply(ConnectionSource source, Names names) throws SQLException {
            run(
                    source,
                    List.of(
                            "ALTER SYSTEM SET %s = '%s'".formatted(setting, value),
                            "SELECT pg_catalog.pg_reload_conf()"));
        }
    }

    /** Autovacuum is off on some tables; it is on again on all others. */
    record AutovacuumOff(List<String> tables) implements Fault {
        public AutovacuumOff {
            tables = List.copyOf(tables);
        }

        @Override
        public String name() {
            return "autovacuum-off";
        }

        @Override
        public String describe(Names names) {
            return "autovacuum_enabled is off on "
                    + String.join(", ", tables.stream().map(names::table).toList())
                    + ".";
        }

        @Override
        public void apply(ConnectionSource source, Names names) throws SQLException {
            run(
                    source,
                    Schema.tables().stream()
                            .map(table ->
                                    "ALTER TABLE {%s} %s"
                                            .formatted(
                                                    table.name(),
                                                    tables.contains(table.name())
                                                            ? "SET (autovacuum_enabled = false)"
                                                            : "RESET (autovacuum_enabled)"))
                            .map(names::resolve)
                            .toList());
        }
    }

    /**
     * An index that does no good on the writer.
     *
     * @param name the kind of fault
     * @param index its logical name
     * @param columns as a template
     */
    record UselessIndex(String name, String index, String table, String columns, String why)
            implements Fault {
        @Override
        public String describe(Names names) {
            return "Index %s on %s: %s.".formatted(names.object(index), names.table(table), why);
        }

        @Override
        public void apply(ConnectionSource source, Names names) throws SQLException {
            run(
                    source,
                    List.of(
                            names.resolve(
                                    "CREATE INDEX {#%s} ON {%s} (%s)"
                                            .formatted(index, table, columns))));
        }
    }

    /** A unique index that was built concurrently over values that are not unique. */
    record InvalidIndex(String index, String table, String column) implements Fault {
        private static final String UNIQUE_VIOLATION = "23505";

        @Override
        public String name() {
            return "invalid-index";
        }

        @Override
        public String describe(Names names) {
            return "Index %s on %s is invalid: CREATE UNIQUE INDEX CONCURRENTLY met duplicates."
                    .formatted(names.object(index), names.table(table));
        }

        @Override
        public void apply(ConnectionSource source, Names names) throws SQLException {
            String sql =
                    names.resolve(
                            "CREATE UNIQUE INDEX CONCURRENTLY {#%s} ON {%s} ({%s.%s})"
                                    .formatted(index, table, table, column));
            try {
                run(source, List.of(sql));
            } catch (SQLException failure) {
                if (!UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                    throw failure;
                }
            }
        }
    }

    /**
     * Every row was updated so many times while a transaction elsewhere kept a snapshot, so nothing
     * could be pruned: heap and indexes have grown with each round.
     */
    record DeadRows(String table, String column, int rounds) implements Fault {
        @Override
        public String name() {
            return "dead-rows";
        }

        @Override
        public String describe(Names names) {
            return "%s has %d dead rows for each live one; its heap and indexes have grown."
                    .formatted(names.table(table), rounds);
        }

        @Override
        public void apply(ConnectionSource source, Names names) throws SQLException {
            String update =
                    names.resolve(
                            "UPDATE {%1$s} SET {%1$s.%2$s} = {%1$s.%2$s}".formatted(table, column));
            try (Connection holder = source.open();
                    Statement snapshot = holder.createStatement()) {
                // It sleeps for as long as the updates take.
                snapshot.execute("SET idle_in_transaction_session_timeout = 0");
                snapshot.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
                snapshot.execute("SELECT 1");
                for (int round = 0; round < rounds; round++) {
                    run(source, List.of(update));
                }
                snapshot.execute("ROLLBACK");
            }
        }
    }

    /** Half of the rows were deleted at once and vacuumed: the space stays with the table. */
    record Purge(String table) implements Fault {
        @Override
        public String name() {
            return "purge";
        }

        @Override
        public String describe(Names names) {
            return "Half of %s was deleted: heap and indexes are half empty."
                    .formatted(names.table(table));
        }

        @Override
        public void apply(ConnectionSource source, Names names) throws SQLException {
            run(
                    source,
                    List.of(
                            names.resolve(
                                    "DELETE FROM {%1$s} WHERE {%1$s.id} %% 2 = 0"
                                            .formatted(table))));
            // A session of its own: the counters of the first have arrived when it has ended.
            run(source, List.of(names.resolve("VACUUM (TRUNCATE false) {%s}".formatted(table))));
        }
    }

    /** The sequence of an integer key has nearly reached the largest integer. */
    record NearlyUsedUp(String table, long at) implements Fault {
        @Override
        public String name() {
            return "sequence-near-end";
        }

        @Override
        public String describe(Names names) {
            return "The integer key of %s has reached %,d of 2,147,483,647."
                    .formatted(names.table(table), at);
        }

        @Override
        public void apply(ConnectionSource source, Names names) throws SQLException {
            run(
                    source,
                    List.of(
                            names.resolve(
                                    "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence('{%1$s}', '{%1$s.id}'), %2$d)"
                                            .formatted(table, at))));
        }
    }

    /** A replication slot that keeps WAL for somebody who has gone. */
    record AbandonedSlot(String slot) implements Fault {
        @Override
        public String name() {
            return "abandoned-slot";
        }

        @Override
        public String describe(Names names) {
            return "Replication slot %s is used by nobody and keeps all WAL."
                    .formatted(names.object(slot));
        }

        @Override
        public void apply(ConnectionSource source, Names names) throws SQLException {
            run(
                    source,
                    List.of(
                            "SELECT pg_catalog.pg_create_physical_replication_slot('%s', true)"
                                    .formatted(names.object(slot))));
        }
    }

    private static void run(ConnectionSource source, List<String> statements) throws SQLException {
        try (Connection connection = source.open();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
