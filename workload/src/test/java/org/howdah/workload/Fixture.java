package org.howdah.workload;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Dsn;

/** What the tests of this room share: a small population, a way to ask a server. */
final class Fixture {
    /** Five hundred sessions, 5,500 events. */
    static final double SCALE = 0.005;

    private Fixture() {}

    static Population population() {
        return new Population(SCALE, 7, Instant.now());
    }

    static Dsn dsn(TestServer server, String database) {
        return Dsn.of("127.0.0.1", server.port(), database, "postgres");
    }

    static ConnectionSource source(TestServer server, String database) {
        return ConnectionSource.of(dsn(server, database));
    }

    static Workload workload(String yaml) {
        return WorkloadFile.parse("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** The first column of all rows, as text. */
    static List<String> column(ConnectionSource source, String sql) {
        try (Connection connection = source.open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(String.valueOf(row.getString(1)));
            }
            return values;
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    static String one(ConnectionSource source, String sql) {
        return column(source, sql).getFirst();
    }

    static long number(ConnectionSource source, String sql) {
        return Long.parseLong(one(source, sql));
    }
}
