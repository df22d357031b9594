package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import org.howdah.embedded.ClusterOptions;
import org.howdah.embedded.Host;
import org.howdah.embedded.LocalCluster;
import org.howdah.embedded.Server;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.remedy.GuardReading.Verdict;
import org.junit.jupiter.api.Test;

class ReplicaLagGuardTest {
    private static void execute(Server server, String sql) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static boolean caughtUp(Server reader) throws SQLException {
        try (Connection connection = reader.connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT pg_is_wal_replay_paused() OR pg_last_wal_replay_lsn() IS NULL")) {
            return row.next() && !row.getBoolean(1);
        }
    }

    @Test
    void waitsForAReaderWhoseReplayStandsStill() {
        try (LocalCluster cluster =
                LocalCluster.temporary(ClusterOptions.throwaway().withReaders(1), Host.local())) {
            Server reader = cluster.readers().getFirst();
            Dsn dsn = Dsn.parse(cluster.writer().dsn(), Environment.ofProcess());
            ReplicaLagGuard guard = new ReplicaLagGuard(Duration.ofSeconds(30), 100_000);
            try (Session session = Session.open(dsn, SessionOptions.reading("remedy"))) {
                GuardScene scene =
                        new GuardScene(
                                session,
                                new GuardScene.Work(false, Cost.NOTHING),
                                OptionalLong.empty(),
                                0,
                                Clock.systemUTC());
                await().atMost(Duration.ofSeconds(15)).until(() -> caughtUp(reader));
                await().atMost(Duration.ofSeconds(15))
                        .until(() -> guard.look(scene).sentence().startsWith("none of 1"));
                execute(reader, "SELECT pg_wal_replay_pause()");
                execute(
                        cluster.writer(),
                        "CREATE TABLE t AS SELECT generate_series(1, 20000) AS id");
                await().atMost(Duration.ofSeconds(15))
                        .until(() -> guard.look(scene).verdict() == Verdict.WAIT);
                assertThat(guard.look(scene).sentence()).contains("bytes").contains("behind");
                execute(reader, "SELECT pg_wal_replay_resume()");
                await().atMost(Duration.ofSeconds(15))
                        .until(() -> guard.look(scene).verdict() == Verdict.PASS);
            }
        }
    }
}
