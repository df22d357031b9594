package org.howdah.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Work for one connection.
 *
 * @param description the subject of the sentence that tells of its failure
 */
record Task(String description, Work work) {

    /** May be run by any thread, once. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection) throws SQLException;
    }

    static Task sql(String sql) {
        return new Task(
                sql.strip().lines().findFirst().orElse(sql),
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                });
    }
}
