package org.howdah.check;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.howdah.cluster.ClusterFacts;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;

/**
 * Measures the reading and checking of a schema of very many tables: {@code docs/performance.md}
 * says how to run it.
 *
 * <p>Each table has 15 columns, a primary key, two more indexes, a sequence and, every second one,
 * a foreign key to the one before; all are analyzed, and every tenth has more than 1 MB, so that
 * its bloat is estimated.
 */
final class ManyTables {
    private static final int TABLES_IN_A_TRANSACTION = 200;

    private ManyTables() {}

    /** The first argument is the number of tables, 20,000 by default. */
    public static void main(String[] arguments) throws SQLException {
        int tables = arguments.length == 0 ? 20_000 : Integer.parseInt(arguments[0]);
        ServerOptions options =
                ServerOptions.throwaway()
                        .withSetting("autovacuum", "off")
                        .withSetting("shared_buffers", "256MB")
                        .withSetting("max_locks_per_transaction", "1024");
        try (TestServer server = TestServer.start(options)) {
            Instant begun = Instant.now();
            create(server, tables);
            print("tables", String.valueOf(tables));
            print("made in", seconds(begun));
            measure(server);
            print("longest statement of Howdah", longest(server));
        }
    }

    private static void create(TestServer server, int tables) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (int first = 1; first <= tables; first += TABLES_IN_A_TRANSACTION) {
                int last = Math.min(tables, first + TABLES_IN_A_TRANSACTION - 1);
                statement.execute(
                        """
                        DO $$ BEGIN
                            FOR i IN %d..%d LOOP
                                EXECUTE format('CREATE TABLE t_%%s (id bigserial PRIMARY KEY, other bigint %%s, a int, b int,
                                                c text, d text, e text, f timestamptz, g date, h numeric, i boolean,
                                                j smallint, k bigint, l uuid, m text)', i,
                                               CASE WHEN i %% 2 = 0 THEN format('REFERENCES t_%%s', i - 1) END);
                                EXECUTE format('INSERT INTO t_%%s (a, c, f, h)
                                                SELECT n, repeat(''x'', 40), now(), n
                                                  FROM generate_series(1, %%s) n', i,
                                               CASE WHEN i %% 10 = 0 THEN 12000 ELSE 10 END);
                                EXECUTE format('CREATE INDEX ON t_%%s (a, b)', i);
                                EXECUTE format('CREATE INDEX ON t_%%s (lower(c)) WHERE a > 5', i);
                            END LOOP;
                        END $$
                        """
                                .formatted(first, last));
            }
            statement.execute("ANALYZE");
            statement.execute("SELECT pg_stat_statements_reset()");
        }
    }

    private static void measure(TestServer server) {
        Instant begun = Instant.now();
        Dsn dsn = Dsn.of("127.0.0.1", server.port(), "postgres", "postgres");
        try (Session session = Session.open(dsn, SessionOptions.reading("check"))) {
            ClusterFacts facts = ClusterFacts.of(Catalog.read(session));
            print("facts read in", seconds(begun));
            print("processor time of the server", processor(session.backendPid()));
            print("processor time of Howdah", processor(ProcessHandle.current().pid()));
            Instant read = Instant.now();
            Checkup checkup = Checkup.of(facts, Checks.all());
            print("checked in", seconds(read));
            print("findings", String.valueOf(checkup.findings().size()));
            checkup.notChecked()
                    .forEach(gap -> print("not checked", gap.check() + ": " + gap.outcome()));
        }
        print("both", seconds(begun));
        print("largest heap", megabytes(peakHeapBytes()));
    }

    private static String longest(TestServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                SELECT max_exec_time / 1000, left(regexp_replace(query, '\\s+', ' ', 'g'), 90)
                                  FROM pg_stat_statements
                                 WHERE query NOT LIKE 'DO %' AND query NOT LIKE 'ANALYZE%'
                                 ORDER BY max_exec_time DESC LIMIT 1
                                """)) {
            row.next();
            return "%.1f s (%s)".formatted(row.getDouble(1), row.getString(2));
        }
    }

    /** Of all pools together, garbage included. */
    private static long peakHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /** Of a process since it started; Howdah's has the making of the tables in it. */
    private static String processor(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(spent -> String.format(Locale.ROOT, "%.1f s", spent.toMillis() / 1000.0))
                .orElse("unknown");
    }

    private static String seconds(Instant since) {
        return String.format(
                Locale.ROOT, "%.1f s", Duration.between(since, Instant.now()).toMillis() / 1000.0);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%d MB", bytes >> 20);
    }

    private static void print(String what, String value) {
        System.out.printf("%-30s %s%n", what, value);
    }
}
