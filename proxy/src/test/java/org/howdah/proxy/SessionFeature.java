package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.postgresql.PGConnection;

/**
 * The rows of the table in docs/proxy-sessions.md: what a client does with its session, while
 * another client uses the same pool. Each fails if the session is not as PostgreSQL's own.
 */
enum SessionFeature {
    SET("SET, RESET, SET TO DEFAULT") {
        @Override
        void use(Clients clients) throws SQLException {
            String before = clients.other("SHOW work_mem");
            clients.own("SET work_mem = '77MB'");
            assertThat(clients.other("SHOW work_mem")).isEqualTo(before);
            assertThat(clients.own("SHOW work_mem")).isEqualTo("77MB");
            clients.own("RESET work_mem");
            assertThat(clients.own("SHOW work_mem")).isEqualTo(before);
            clients.own("SET work_mem TO '78MB'");
            clients.other("SELECT 1");
            clients.own("SET work_mem TO DEFAULT");
            assertThat(clients.own("SHOW work_mem")).isEqualTo(before);
        }
    },
    SET_LOCAL("SET LOCAL") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.transaction(() -> {
                clients.own("SET LOCAL work_mem = '77MB'");
                assertThat(clients.own("SHOW work_mem")).isEqualTo("77MB");
            });
            assertThat(clients.own("SHOW work_mem")).isNotEqualTo("77MB");
        }
    },
    SET_ROLLED_BACK("SET in a transaction that is rolled back") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.own("SET work_mem = '76MB'");
            clients.own.setAutoCommit(false);
            clients.own("SET work_mem = '77MB'");
            clients.own.rollback();
            clients.own.setAutoCommit(true);
            clients.other("SELECT 1");
            assertThat(clients.own("SHOW work_mem")).isEqualTo("76MB");
        }
    },
    SET_CONFIG("set_config with a constant name") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.own("SELECT set_config('app.tenant', 'blue', false)");
            assertThat(clients.other(TENANT)).isEmpty();
            assertThat(clients.own(TENANT)).isEqualTo("blue");
        }
    },
    SET_CONFIG_UNSEEN("set_config with a name that is a parameter") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.own("SELECT set_config('app.' || 'tenant', 'blue', false)");
            assertThat(clients.other(TENANT)).isEmpty();
            assertThat(clients.own(TENANT)).isEqualTo("blue");
        }
    },
    STARTUP("settings in the startup packet") {
        @Override
        void use(Clients clients) throws SQLException {
            assertThat(clients.own("SHOW statement_timeout")).isEqualTo("59s");
            assertThat(clients.other("SHOW statement_timeout")).isEqualTo("0");
            assertThat(clients.own("SHOW statement_timeout")).isEqualTo("59s");
        }
    },
    ROLE("SET ROLE, SET SESSION AUTHORIZATION") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.own("SET ROLE clerk");
            assertThat(clients.other("SELECT current_user")).isEqualTo("postgres");
            assertThat(clients.own("SELECT current_user")).isEqualTo("clerk");
            clients.own("SET SESSION AUTHORIZATION clerk");
            assertThat(clients.other("SELECT session_user")).isEqualTo("postgres");
            assertThat(clients.own("SELECT session_user")).isEqualTo("clerk");
        }
    },
    FUNCTION("settings changed in functions and DO") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.own("SELECT public.enter('blue')");
            assertThat(clients.other(TENANT)).isEmpty();
            assertThat(clients.own(TENANT)).isEqualTo("blue");
            clients.own("DO 'BEGIN SET app.tenant = ''red''; END'");
            assertThat(clients.other(TENANT)).isEmpty();
            assertThat(clients.own(TENANT)).isEqualTo("red");
        }
    },
    TEMPORARY("temporary table") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.own("CREATE TEMPORARY TABLE mine AS SELECT 7 AS number");
            assertThat(clients.other("SELECT to_regclass('pg_temp.mine')")).isEmpty();
            assertThat(clients.own("SELECT number FROM mine")).isEqualTo("7");
        }
    },
    TEMPORARY_DROPPED("temporary table that is dropped at the end") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.transaction(() -> {
                clients.own("CREATE TEMPORARY TABLE mine (number int) ON COMMIT DROP");
                assertThat(clients.own("SELECT count(*) FROM mine")).isEqualTo("0");
            });
        }
    },
    LOCK("advisory lock of the session") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.own("SELECT pg_advisory_lock(4711)");
            assertThat(clients.other("SELECT pg_try_advisory_lock(4711)")).isEqualTo("f");
            assertThat(clients.own("SELECT pg_advisory_unlock(4711)")).isEqualTo("t");
            clients.own("SELECT pg_advisory_lock(4711)");
        }
    },
    TRANSACTION_LOCK("advisory lock of the transaction") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.transaction(() -> {
                clients.own("SELECT pg_advisory_xact_lock(4712)");
                clients.own("SELECT 1");
                assertThat(clients.other("SELECT pg_try_advisory_xact_lock(4712)")).isEqualTo("f");
            });
            assertThat(clients.other("SELECT pg_try_advisory_xact_lock(4712)")).isEqualTo("t");
        }
    },
    CURSOR("cursor") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.transaction(() -> {
                clients.own("DECLARE held CURSOR FOR SELECT 7");
                assertThat(clients.own("FETCH held")).isEqualTo("7");
                clients.own("CLOSE held");
            });
        }
    },
    HELD_CURSOR("cursor WITH HOLD") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.own("DECLARE held CURSOR WITH HOLD FOR SELECT generate_series(7, 9)");
            clients.other("SELECT 1");
            assertThat(clients.own("FETCH held")).isEqualTo("7");
            assertThat(clients.other("SELECT count(*) FROM pg_cursors WHERE name = 'held'"))
                    .isEqualTo("0");
        }
    },
    PROTOCOL_STATEMENT("named statement of the protocol") {
        @Override
        void use(Clients clients) throws SQLException {
            try (PreparedStatement statement = clients.own.prepareStatement("SELECT ?::int + 1")) {
                statement.unwrap(org.postgresql.PGStatement.class).setPrepareThreshold(1);
                for (int i = 0; i < 9; i++) {
                    statement.setInt(1, i);
                    try (ResultSet rows = statement.executeQuery()) {
                        rows.next();
                        assertThat(rows.getInt(1)).isEqualTo(i + 1);
                    }
                    clients.other("SELECT 1");
                }
            }
        }
    },
    PREPARE("PREPARE, EXECUTE, DEALLOCATE") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.own("PREPARE mine (int) AS SELECT $1 * 2");
            clients.other("PREPARE mine (int) AS SELECT $1 * 3");
            assertThat(clients.own("EXECUTE mine (21)")).isEqualTo("42");
            assertThat(clients.other("EXECUTE mine (21)")).isEqualTo("63");
            clients.other("DEALLOCATE mine");
            assertThat(clients.own("EXECUTE mine (21)")).isEqualTo("42");
        }
    },
    DISCARD("DEALLOCATE ALL, DISCARD ALL") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.own("SET work_mem = '77MB'");
            clients.own("DEALLOCATE ALL");
            assertThat(clients.own("SHOW work_mem")).isEqualTo("77MB");
            clients.own("DISCARD ALL");
            assertThat(clients.own("SHOW work_mem")).isNotEqualTo("77MB");
            assertThat(clients.own("SHOW statement_timeout")).isEqualTo(clients.startTimeout());
            clients.own("CREATE TEMPORARY TABLE mine (number int)");
            clients.own("DISCARD ALL");
        }
    },
    LISTEN("LISTEN, UNLISTEN, NOTIFY") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.own("LISTEN news");
            clients.other("SELECT pg_notify('news', 'one')");
            clients.other("NOTIFY news, 'two'");
            clients.other("NOTIFY sports, 'three'");
            assertThat(clients.news(2)).containsExactly("one", "two");
            clients.own("UNLISTEN news");
            clients.own("LISTEN sports");
            clients.other("NOTIFY news, 'four'");
            clients.other("NOTIFY sports, 'five'");
            assertThat(clients.news(1)).containsExactly("five");
            clients.own("UNLISTEN *");
        }
    },
    CURRVAL("currval, lastval in the transaction of nextval") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.transaction(() -> {
                String drawn = clients.own("SELECT nextval('numbers')");
                assertThat(clients.own("SELECT currval('numbers')")).isEqualTo(drawn);
                assertThat(clients.own("SELECT lastval()")).isEqualTo(drawn);
            });
        }
    },
    CURRVAL_LATER("currval, lastval in a later transaction") {
        @Override
        void use(Clients clients) throws SQLException {
            String drawn = clients.own("SELECT nextval('numbers')");
            clients.other("SELECT nextval('numbers')");
            assertThat(clients.own("SELECT currval('numbers')")).isEqualTo(drawn);
        }
    },
    SEED("setseed") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.own("SELECT setseed(0.5)");
            clients.other("SELECT random()");
            String first = clients.own("SELECT random()");
            clients.own("SELECT setseed(0.5)");
            assertThat(clients.own("SELECT random()")).isEqualTo(first);
        }
    },
    LOAD("LOAD") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.own("LOAD 'auto_explain'");
            clients.other("SELECT 1");
            assertThat(clients.own("SHOW auto_explain.log_format")).isEqualTo("text");
        }
    },
    LARGE_OBJECT("large object") {
        @Override
        void use(Clients clients) throws SQLException {
            clients.transaction(() -> {
                clients.own("SELECT 1");
                clients.own("SELECT 1");
                var api = clients.own.unwrap(PGConnection.class).getLargeObjectAPI();
                long number = api.createLO();
                try (var object = api.open(number)) {
                    object.write("words".getBytes(StandardCharsets.US_ASCII));
                    object.seek(0);
                    assertThat(object.read(9)).asString().isEqualTo("words");
                }
            });
        }
    },
    SLOT("temporary replication slot") {
        @Override
        void use(Clients clients) throws SQLException {
            String slot = "mine_" + UUID.randomUUID().toString().replace('-', '_');
            clients.own("SELECT pg_create_physical_replication_slot('" + slot + "', true, true)");
            clients.other("SELECT 1");
            String mine =
                    "SELECT active_pid = pg_backend_pid() FROM pg_replication_slots"
                            + " WHERE slot_name = '%s'".formatted(slot);
            assertThat(clients.own(mine)).isEqualTo("t");
        }
    };

    private static final String TENANT = "SELECT current_setting('app.tenant', true)";

    private final String row;

    SessionFeature(String row) {
        this.row = row;
    }

    /** As the table calls it. */
    String row() {
        return row;
    }

    abstract void use(Clients clients) throws SQLException;

    /** The client that uses the feature and another one of the same pool. */
    record Clients(Connection own, Connection other) {

        interface Work {
            void run() throws SQLException;
        }

        void transaction(Work work) throws SQLException {
            own.setAutoCommit(false);
            work.run();
            own.commit();
            own.setAutoCommit(true);
        }

        String own(String sql) throws SQLException {
            return value(own, sql);
        }

        String other(String sql) throws SQLException {
            return value(other, sql);
        }

        /** What the startup packet of the own connection asks for. */
        String startTimeout() {
            return "59s";
        }

        /** So many notifications, which need no statement to arrive. */
        List<String> news(int count) throws SQLException {
            List<String> news = new java.util.ArrayList<>();
            PGConnection connection = own.unwrap(PGConnection.class);
            Awaitility.await()
                    .until(() -> {
                        for (var notification : connection.getNotifications(100)) {
                            news.add(notification.getParameter());
                        }
                        return news.size() >= count;
                    });
            return news;
        }

        /** The first value of the first row; empty if there is none. */
        private static String value(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                if (!statement.execute(sql)) {
                    return "";
                }
                try (ResultSet rows = statement.getResultSet()) {
                    return rows.next() ? Objects.requireNonNullElse(rows.getString(1), "") : "";
                }
            }
        }
    }
}
