package org.howdah.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection to a user's server that cannot do harm by accident: named, with timeouts, read-only
 * unless it is a remedy's, with an empty {@code search_path}. Used by one thread at a time; {@link
 * #cancel()} may come from another.
 */
public final class Session implements AutoCloseable {
    private static final Pattern EXTENSION = Pattern.compile("\\{([a-z_]+)}");
    private static final String EXTENSION_SCHEMA =
            """
            SELECT n.nspname
              FROM pg_catalog.pg_extension e
              JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
             WHERE e.extname = ?
            """;

    private final Connection connection;
    private final Dsn dsn;
    private final ServerVersion version;
    private final int backendPid;
    private final Clock clock;

    private Session(Connection connection, Dsn dsn, ServerVersion version, int backendPid) {
        this.connection = connection;
        this.dsn = dsn;
        this.version = version;
        this.backendPid = backendPid;
        this.clock = Clock.systemUTC();
    }

    /**
     * Connects to the first of the hosts that answers and has the role that {@code
     * target_session_attrs} asks for.
     *
     * @throws HowdahException (exit code 3) where the server cannot be reached, refuses, or is not
     *     supported
     */
    public static Session open(Dsn dsn, SessionOptions options) {
        return Connector.open(dsn, options, Session::new);
    }

    public ServerVersion version() {
        return version;
    }

    /** With the one host that answered. */
    public Dsn dsn() {
        return dsn;
    }

    /** The server process of this session. */
    public int backendPid() {
        return backendPid;
    }

    /**
     * For COPY, replication of types and the like; the caller leaves the session as it found it.
     */
    public Connection connection() {
        return connection;
    }

    public <T> List<T> query(Query<T> query, Object... parameters) {
        return query(query.text(version), query.mapper(), parameters);
    }

    public <T> List<T> query(String sql, RowMapper<T> mapper, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet row = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(mapper.map(row));
            }
            return rows;
        } catch (SQLException failure) {
            throw new StatementException(dsn, sql, failure);
        }
    }

    /** The only row of a query that always has one. */
    public <T> T one(String sql, RowMapper<T> mapper, Object... parameters) {
        List<T> rows = query(sql, mapper, parameters);
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows where one is expected: " + sql);
        }
        return rows.getFirst();
    }

    /** Reads facts; missing rights, extensions, locks and time become {@link Facts.Unknown}. */
    public <T> Facts<T> facts(Query<T> query, Object... parameters) {
        try {
            return new Facts.Known<>(query(query, parameters), clock.instant());
        } catch (StatementException failure) {
            return new Facts.Unknown<>(
                    failure.unknownReason().orElseThrow(() -> failure), query.grant(dsn.user()));
        } catch (MissingExtensionException missing) {
            return new Facts.Unknown<>(missing.reason(), Optional.of(missing.statement()));
        }
    }

    /**
     * Runs one statement outside a transaction of ours (unless {@link #connection()} has one open).
     */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new StatementException(dsn, sql, failure);
        }
    }

    /** Explains why a statement failed that somebody ran on {@link #connection()}. */
    public StatementException explain(String sql, SQLException failure) {
        return new StatementException(dsn, sql, failure);
    }

    /** The schema in which an extension is installed in this database. */
    public Optional<String> extensionSchema(String extension) {
        return query(EXTENSION_SCHEMA, row -> row.getString(1), extension).stream().findFirst();
    }

    /** Cancels what the session is doing, from another thread. */
    public void cancel() {
        try {
            connection.unwrap(org.postgresql.PGConnection.class).cancelQuery();
        } catch (SQLException failure) {
            throw new StatementException(dsn, "cancel", failure);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new StatementException(dsn, "close", failure);
        }
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(withExtensionSchemas(sql));
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private String withExtensionSchemas(String sql) {
        Matcher matcher = EXTENSION.matcher(sql);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String extension = matcher.group(1);
            String schema =
                    extensionSchema(extension)
                            .orElseThrow(() -> new MissingExtensionException(extension));
            matcher.appendReplacement(
                    resolved, Matcher.quoteReplacement(QualifiedName.quote(schema)));
        }
        return matcher.appendTail(resolved).toString();
    }
}
