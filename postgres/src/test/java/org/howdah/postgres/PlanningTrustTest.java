package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {14, 16, 18})
class PlanningTrustTest {
    private static final List<String> PATH = List.of("yard");
    @Parameter private int major;

    private static TestServer server;
    private static Session mighty;
    private static Session plain;

    @BeforeParameterizedClassInvocation
    static void start(int major) {
        server = TestServer.start(major);
        server.execute(
                """
                CREATE ROLE clerk;
                CREATE ROLE watcher LOGIN IN ROLE pg_monitor, pg_read_all_data;
                CREATE SCHEMA yard AUTHORIZATION clerk;
                GRANT USAGE ON SCHEMA yard TO PUBLIC;
                CREATE FUNCTION yard.solid(int) RETURNS int IMMUTABLE
                    LANGUAGE sql RETURN $1 + 1;
                CREATE FUNCTION yard.loose(int) RETURNS int IMMUTABLE
                    LANGUAGE sql AS 'SELECT $1 + 1';
                """);
        server.execute(
                """
                SET ROLE clerk;
                CREATE FUNCTION yard.evil(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS
                    $$BEGIN RAISE EXCEPTION 'evil ran as %', current_user; END$$;
                CREATE FUNCTION yard."Evil One"(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS
                    $$BEGIN RAISE EXCEPTION 'evil ran as %', current_user; END$$;
                CREATE FUNCTION yard.harm(int, int) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS
                    $$BEGIN RAISE EXCEPTION 'evil ran as %', current_user; END$$;
                CREATE FUNCTION yard.watched() RETURNS trigger LANGUAGE plpgsql AS
                    $$BEGIN RETURN new; END$$;
                CREATE OPERATOR yard.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = yard.harm);
                CREATE TYPE yard.mood AS ENUM ('calm', 'wild');
                CREATE TABLE yard.crate (id int PRIMARY KEY, state text, mood yard.mood,
                    CHECK (length(state) < 90));
                CREATE INDEX ON yard.crate (lower(state)) WHERE id > 5;
                CREATE TRIGGER watched BEFORE UPDATE ON yard.crate
                    FOR EACH ROW EXECUTE FUNCTION yard.watched();
                CREATE VIEW yard.pane AS SELECT id FROM yard.crate;
                CREATE TABLE yard.indexed (id int);
                CREATE TABLE yard.heir () INHERITS (yard.indexed);
                CREATE INDEX ON yard.heir (id) WHERE yard.harm(id, 1);
                CREATE TABLE yard.filled (id int, more int DEFAULT yard.evil(1));
                """);
        // A superuser's view of what is not to be trusted.
        server.execute("CREATE VIEW yard.glass AS SELECT id FROM yard.indexed");
        mighty = open("postgres");
        plain = open("watcher");
    }

    private static Session open(String role) {
        return Session.open(
                Dsn.of("127.0.0.1", server.port(), "postgres", role),
                SessionOptions.reading("test"));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        plain.close();
        mighty.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT FROM crate WHERE id = evil(1)",
                "SELECT FROM crate WHERE id = EVIL /* here */ (1)",
                "SELECT FROM crate WHERE id = yard . \"evil\" (1)",
                "SELECT FROM crate WHERE id = \"Evil One\"(1)",
                "SELECT FROM crate WHERE id = U&\"evi\\006c\"(1)",
                "SELECT FROM crate WHERE id = (1).evil",
                "SELECT FROM crate WHERE 1 === 2",
                "SELECT FROM crate WHERE 1 OPERATOR(yard.===) 2",
                "SELECT FROM pane",
                "SELECT FROM glass",
                "SELECT FROM indexed WHERE id = 1",
                "INSERT INTO filled (id) VALUES (1)",
                "SELECT FROM crate WHERE id = loose(1)",
                "SELECT FROM crate WHERE table_to_xml('pane', true, true, '') IS NULL",
            })
    void refusesWhatMayRunOthersCode(String sql) {
        assertThatThrownBy(() -> Explain.prepare(mighty, sql, PATH))
                .as("PostgreSQL %d", major)
                .isInstanceOf(UntrustedStatementException.class)
                .hasMessageContaining("superuser's rights")
                .hasMessageNotContaining("evil ran");
        assertThat(path(mighty)).isEqualTo(path(plain));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM crate WHERE lower(state) = $1 AND id IN (1, 2)",
                "SELECT c.id, max(c.state) FROM crate c JOIN crate d USING (id) GROUP BY c.id",
                "SELECT FROM crate WHERE mood = 'wild'::mood AND state LIKE 'a%'",
                "UPDATE crate SET state = upper(state) WHERE id = solid(1)",
            })
    void plansAnOrdinarySchema(String sql) {
        try (Explain explain = Explain.prepare(mighty, sql, PATH)) {
            List<String> values = explain.parameterTypes().stream().map(_ -> "'a'").toList();
            assertThatCode(() -> explain.plan(values)).doesNotThrowAnyException();
        }
    }

    private static String path(Session session) {
        return session.one("SHOW search_path", row -> row.getString(1));
    }

    @Test
    void namesFunctionAndOwner() {
        assertThatThrownBy(() -> Explain.once(mighty, "SELECT yard.evil(1)"))
                .isInstanceOf(UntrustedStatementException.class)
                .hasMessageContaining("function evil, which belongs to role clerk");
    }

    @Test
    void leavesOthersCodeToARoleWithoutRights() {
        assertThatThrownBy(() -> Explain.once(plain, "SELECT yard.evil(1)"))
                .isInstanceOf(StatementException.class)
                .hasMessageContaining("evil ran as watcher");
    }

    @Test
    void refusesValuesToo() {
        String sql = "SELECT FROM crate WHERE id = $1";
        try (Explain explain = Explain.prepare(mighty, sql, PATH)) {
            assertThatThrownBy(() -> explain.plan(List.of("evil(1)")))
                    .isInstanceOf(UntrustedStatementException.class);
            assertThat(explain.plan(List.of("1")).root().rows()).isPositive();
        }
    }

    @Test
    void refusesCastsAndDomainsThatNobodyNames() {
        String sql = "SELECT FROM yard.crate WHERE id = 1";
        server.execute("SET ROLE clerk; CREATE DOMAIN yard.d AS int CHECK (yard.harm(value, 1))");
        assertThatThrownBy(() -> Explain.once(mighty, sql))
                .isInstanceOf(UntrustedStatementException.class)
                .hasMessageContaining("harm");
        server.execute("DROP DOMAIN yard.d");
        assertThat(Explain.once(mighty, sql).root().rows()).isPositive();
        server.execute(
                """
                SET ROLE clerk;
                CREATE FUNCTION yard.tame(yard.mood) RETURNS int IMMUTABLE
                    LANGUAGE sql RETURN 1;
                CREATE CAST (yard.mood AS int) WITH FUNCTION yard.tame(yard.mood) AS IMPLICIT;
                """);
        assertThatThrownBy(() -> Explain.once(mighty, sql))
                .isInstanceOf(UntrustedStatementException.class)
                .hasMessageContaining("tame");
        server.execute("DROP FUNCTION yard.tame CASCADE");
    }
}
