package org.howdah.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** How far the readers of a writer are behind, in bytes of WAL, by name. */
final class ReplayLag {

    private static final String SQL =
            """
            SELECT application_name,
                   greatest(0, pg_catalog.pg_wal_lsn_diff(
                       pg_catalog.pg_current_wal_lsn(), replay_lsn))::bigint AS lag
            FROM pg_catalog.pg_stat_replication
            WHERE replay_lsn IS NOT NULL\
            """;

    private ReplayLag() {}

    /** Empty when the writer does not answer. */
    static Map<String, Long> of(Server writer) {
        Map<String, Long> lags = new TreeMap<>();
        if (!writer.running() || writer.frozen()) {
            return lags;
        }
        try (Connection connection = writer.connect();
                PreparedStatement statement = connection.prepareStatement(SQL);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                lags.put(rows.getString(1), rows.getLong(2));
            }
        } catch (SQLException notAnswering) {
            lags.clear();
        }
        return lags;
    }
}
