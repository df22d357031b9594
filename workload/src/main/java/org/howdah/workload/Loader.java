package org.howdah.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.howdah.postgres.Dsn;
import org.howdah.report.Progress;
import org.howdah.report.Quantity;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Fills an empty database with the workload's tables, by COPY over a few connections, then adds the
 * keys. Autovacuum is off on the tables meanwhile, so that it does not compete with the load.
 */
public final class Loader {
    private static final int CHUNK_ROWS = 20_000;
    private static final int FLUSH_BYTES = 1 << 16;

    /** What the planner knows of the tables afterwards. */
    public enum Statistics {
        /** All tables are vacuumed and analyzed, and autovacuum is on again. */
        FRESH,
        /**
         * The larger growing tables were analyzed when they had one row in a hundred, the others
         * never; autovacuum is still off on all.
         */
        STALE
    }

    private final ConnectionSource source;
    private final Names names;
    private final Population population;
    private final Rows rows;
    private final int connections;

    /**
     * @param connections how many load side by side; two suit two processors
     */
    public Loader(ConnectionSource source, Names names, Population population, int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("at least one connection is needed to load");
        }
        this.source = source;
        this.names = names;
        this.population = population;
        this.rows = new Rows(population);
        this.connections = connections;
    }

    public Loader(Dsn dsn, Names names, Population population) {
        this(ConnectionSource.of(dsn), names, population, 2);
    }

    /**
     * Creates the schema, loads all rows and adds the keys.
     *
     * @throws WorkloadException where the schema exists already or the server refuses
     */
    public void load(Statistics statistics, Progress progress) {
        create();
        try (Progress.Step step =
                progress.step("Loading rows", population.rows(), Quantity.COUNT, "rows")) {
            List<Task> first = new ArrayList<>();
            List<Task> rest = new ArrayList<>();
            for (Table table : Schema.tables()) {
                long head = Math.max(1, population.rows(table.name()) / 100);
                first.addAll(chunks(table, 1, head, step));
                rest.addAll(chunks(table, head + 1, population.rows(table.name()), step));
            }
            run(first);
            if (statistics == Statistics.STALE) {
                run(List.of(sql("ANALYZE {security_events}"), sql("ANALYZE {audit_logs}")));
            }
            run(rest);
        }
        try (Progress.Step step = progress.step("Adding keys")) {
            addKeys(step);
        }
        if (statistics == Statistics.FRESH) {
            try (Progress.Step step = progress.step("Vacuuming and analyzing")) {
                run(refresh(step));
            }
        }
    }

    /**
     * Removes the schema with all that is in it, if it is there.
     *
     * @throws WorkloadException where a schema of that name was not made by a loader
     */
    public void drop() {
        if (Mark.of(source, names) == Mark.FOREIGN) {
            throw Mark.refusal(names);
        }
        run(List.of(sql("DROP SCHEMA IF EXISTS {schema} CASCADE")));
    }

    private void create() {
        List<Task> tasks = new ArrayList<>();
        tasks.add(sql("CREATE SCHEMA {schema}"));
        tasks.add(sql(Mark.STATEMENT));
        for (Table table : Schema.tables()) {
            tasks.add(sql(table.createStatement() + " WITH (autovacuum_enabled = false)"));
        }
        Crew.run(1, source, tasks);
    }

    private List<Task> chunks(Table table, long from, long to, Progress.Step step) {
        List<Task> tasks = new ArrayList<>();
        for (long start = from; start <= to; start += CHUNK_ROWS) {
            long first = start;
            long last = Math.min(to, start + CHUNK_ROWS - 1);
            tasks.add(
                    new Task(
                            "COPY into " + names.table(table.name()),
                            connection -> {
                                copy(connection, table, first, last);
                                step.note(names.table(table.name()));
                                step.advance(last - first + 1);
                            }));
        }
        return tasks;
    }

    private void copy(Connection connection, Table table, long first, long last)
            throws SQLException {
        CopyIn copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(names.resolve(table.copyStatement()));
        try {
            CopyBuffer buffer = new CopyBuffer();
            buffer.header();
            for (long id = first; id <= last; id++) {
                rows.append(table, id, buffer);
                if (buffer.length() >= FLUSH_BYTES) {
                    copy.writeToCopy(buffer.bytes(), 0, buffer.length());
                    buffer.clear();
                }
            }
            buffer.trailer();
            copy.writeToCopy(buffer.bytes(), 0, buffer.length());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void addKeys(Progress.Step step) {
        List<Task> primary = new ArrayList<>();
        List<Task> foreign = new ArrayList<>();
        for (Table table : Schema.tables().reversed()) {
            primary.add(
                    noted(step, table, sql(table.primaryKeyStatement() + ";" + advance(table))));
            for (String statement : table.foreignKeyStatements()) {
                foreign.add(noted(step, table, sql(statement)));
            }
        }
        run(primary);
        run(foreign);
    }

    /** Sets the key's sequence past the last row. */
    private String advance(Table table) {
        return " SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence('{%1$s}', '{%1$s.id}'), %2$d)"
                .formatted(table.name(), population.rows(table.name()));
    }

    private List<Task> refresh(Progress.Step step) {
        List<Task> tasks = new ArrayList<>();
        for (Table table : Schema.tables()) {
            tasks.add(
                    noted(
                            step,
                            table,
                            sql(
                                    "ALTER TABLE {%s} RESET (autovacuum_enabled)"
                                            .formatted(table.name()))));
            tasks.add(noted(step, table, sql("VACUUM (ANALYZE) {%s}".formatted(table.name()))));
        }
        return tasks;
    }

    private Task noted(Progress.Step step, Table table, Task task) {
        return new Task(
                task.description(),
                connection -> {
                    step.note(names.table(table.name()));
                    task.work().on(connection);
                });
    }

    private Task sql(String template) {
        return Task.sql(names.resolve(template));
    }

    private void run(List<Task> tasks) {
        Crew.run(connections, source, tasks);
    }
}
