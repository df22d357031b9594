package org.howdah.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * One statement, prepared in a session to ask for its plans; it is never executed, so that writes
 * are as harmless as reads. While it is open, the session has the statement's search path.
 *
 * <p>Plans are custom plans of the values given: a generic plan cannot use a partial index for
 * {@code status = $1}. See https://www.postgresql.org/docs/current/sql-prepare.html.
 */
public final class Explain implements AutoCloseable {
    private static final String NAME = "howdah_explain";

    private final Session session;
    private final String sql;

    private Explain(Session session, String sql) {
        this.session = session;
        this.sql = sql;
    }

    /**
     * @param sql one SELECT, INSERT, UPDATE, DELETE, MERGE or VALUES with {@code $n} parameters
     * @param searchPath the schemas of its unqualified names, in order
     * @throws StatementException where the server does not accept it
     * @throws UntrustedStatementException where planning it could run others' code with great
     *     rights
     * @throws HowdahException where it is more than one statement
     */
    public static Explain prepare(Session session, String sql, List<String> searchPath) {
        refuseSeveral(session, sql);
        Explain explain = new Explain(session, sql);
        String path =
                searchPath.stream().map(QualifiedName::quote).collect(Collectors.joining(", "));
        session.one(
                "SELECT pg_catalog.set_config('search_path', ?, false),"
                        + " pg_catalog.set_config('plan_cache_mode', 'force_custom_plan', false)",
                row -> row.getString(1),
                path);
        try {
            // The parser already runs input functions, and with them the checks of domains.
            explain.refuseUntrusted(List.of());
            explain.run("PREPARE " + NAME + " AS " + sql);
        } catch (HowdahException refused) {
            explain.restore();
            throw refused;
        }
        return explain;
    }

    /**
     * The plan of a statement without parameters, in one round trip, with the session's own search
     * path.
     *
     * @throws UntrustedStatementException where planning it could run others' code with great
     *     rights
     */
    public static Plan once(Session session, String sql) {
        refuseSeveral(session, sql);
        Explain explain = new Explain(session, sql);
        explain.refuseUntrusted(List.of());
        return PlanJson.parse(explain.text("EXPLAIN (VERBOSE, FORMAT JSON) " + sql));
    }

    /** The types that the server inferred for the parameters, in order, as it writes them. */
    public List<String> parameterTypes() {
        return session.query(
                """
                SELECT pg_catalog.format_type(type.oid, NULL)
                  FROM pg_catalog.pg_prepared_statements p,
                       pg_catalog.unnest(p.parameter_types) WITH ORDINALITY AS type(oid, position)
                 WHERE p.name = ?
                 ORDER BY type.position
                """,
                row -> row.getString(1),
                NAME);
    }

    /**
     * @param values an SQL expression for each parameter, in order: {@code '42'::bigint}
     */
    public Plan plan(List<String> values) {
        refuseUntrusted(values);
        return PlanJson.parse(show("EXPLAIN (VERBOSE, FORMAT JSON) ", values));
    }

    private String show(String explain, List<String> values) {
        String arguments = values.isEmpty() ? "" : "(" + String.join(", ", values) + ")";
        return text(explain + "EXECUTE " + NAME + arguments);
    }

    @Override
    public void close() {
        try {
            run("DEALLOCATE " + NAME);
        } finally {
            restore();
        }
    }

    private void restore() {
        run("RESET search_path");
        run("RESET plan_cache_mode");
    }

    private void refuseUntrusted(List<String> values) {
        try {
            boolean standardStrings = standardStrings(session.connection());
            PlanningTrust.require(session, SpokenNames.of(sql, values, standardStrings));
        } catch (SQLException failure) {
            throw new StatementException(session.dsn(), sql, failure);
        }
    }

    private String text(String command) {
        try (Statement statement = plainStatement();
                ResultSet row = statement.executeQuery(command)) {
            row.next();
            return row.getString(1);
        } catch (SQLException failure) {
            throw new StatementException(session.dsn(), sql, failure);
        }
    }

    private void run(String command) {
        try (Statement statement = plainStatement()) {
            statement.execute(command);
        } catch (SQLException failure) {
            throw new StatementException(session.dsn(), sql, failure);
        }
    }

    /** Neither question marks nor braces mean anything to the driver then. */
    private Statement plainStatement() throws SQLException {
        Statement statement = session.connection().createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    /** What follows a semicolon would not be explained but executed. */
    private static void refuseSeveral(Session session, String sql) {
        Connection connection = session.connection();
        try {
            boolean standardStrings = standardStrings(connection);
            List<NativeQuery> statements =
                    Parser.parseJdbcSql(sql, standardStrings, false, true, false, true);
            if (statements.size() != 1) {
                throw new HowdahException(
                        "explain-not-one",
                        "Only one statement at a time can be explained, not " + statements.size(),
                        "Explain each of them by itself",
                        ExitCode.USAGE);
            }
        } catch (SQLException failure) {
            throw new StatementException(session.dsn(), sql, failure);
        }
    }

    private static boolean standardStrings(Connection connection) throws SQLException {
        String setting =
                connection
                        .unwrap(org.postgresql.PGConnection.class)
                        .getParameterStatus("standard_conforming_strings");
        return !"off".equals(setting);
    }
}
