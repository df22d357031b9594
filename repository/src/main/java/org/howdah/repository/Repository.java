package org.howdah.repository;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;
import org.howdah.postgres.ServerVersion;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;

/**
 * Our own state in PostgreSQL, schema {@code howdah}: history, journal, jobs. Safe for use by
 * several threads; several processes may share one.
 */
public final class Repository implements AutoCloseable {
    private static final SessionOptions SESSION =
            new SessionOptions(
                    "repository",
                    false,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30));
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final RepositoryHome home;
    private final HikariDataSource pool;
    private final ServerVersion version;
    private final Clock clock;

    private Repository(
            RepositoryHome home, HikariDataSource pool, ServerVersion version, Clock clock) {
        this.home = home;
        this.pool = pool;
        this.version = version;
        this.clock = clock;
    }

    /**
     * Connects, starting our own server where no other database was named, and brings the schema up
     * to date.
     *
     * @throws org.howdah.postgres.HowdahException where the server cannot be reached or is not
     *     supported
     * @throws RepositoryException where rights are missing, the disk is full or the schema is newer
     *     than this build
     */
    public static Repository open(RepositoryOptions options, Environment environment, Clock clock) {
        return open(
                RepositoryHome.open(options, environment),
                options.connections(),
                clock,
                Migration.all());
    }

    static Repository open(
            RepositoryHome home, int connections, Clock clock, List<Migration> migrations) {
        try {
            ServerVersion version = migrate(home.dsn(), migrations);
            return new Repository(home, pool(home.dsn(), connections), version, clock);
        } catch (RuntimeException failure) {
            home.close();
            throw failure;
        }
    }

    private static ServerVersion migrate(Dsn dsn, List<Migration> migrations) {
        try (Session session = Session.open(dsn, SESSION)) {
            inTransaction(
                    session.connection(),
                    dsn,
                    session.version(),
                    transaction -> new Migrator(migrations).migrate(transaction, dsn));
            return session.version();
        } catch (SQLException failure) {
            throw RepositoryException.of(dsn, failure);
        }
    }

    private static HikariDataSource pool(Dsn dsn, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("howdah-repository");
        config.setDataSource(new SessionSource(dsn, SESSION));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
        config.setConnectionTimeout(CONNECT.toMillis());
        // The schema has just been looked at: no second look before the first use.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /**
     * Runs the work in one transaction: all of it is written, or nothing where it throws.
     *
     * @throws RepositoryException where the repository fails
     */
    public <T> T inTransaction(Function<Transaction, T> work) {
        try (Connection connection = pool.getConnection()) {
            return inTransaction(connection, home.dsn(), version, work);
        } catch (SQLException failure) {
            throw RepositoryException.of(home.dsn(), failure);
        }
    }

    private static <T> T inTransaction(
            Connection connection, Dsn dsn, ServerVersion version, Function<Transaction, T> work)
            throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.apply(new Transaction(connection, dsn, version));
            connection.commit();
            return result;
        } catch (RuntimeException | SQLException failure) {
            rollback(connection, failure);
            throw failure;
        } finally {
            restore(connection);
        }
    }

    private static void rollback(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            failure.addSuppressed(broken);
        }
    }

    /** A connection that broke cannot be restored; the pool finds that out by itself. */
    private static void restore(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            connection.setAutoCommit(true);
        }
    }

    public Clock clock() {
        return clock;
    }

    /** Where it is, without the password. */
    public Dsn dsn() {
        return home.dsn();
    }

    @Override
    public void close() {
        pool.close();
        home.close();
    }
}
