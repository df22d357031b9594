package org.howdah.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A real server for tests, started in a fraction of a second in a temporary directory (in memory,
 * if there is plenty) that is deleted on close. It ends with the JVM in any case. Share one in a
 * test class:
 *
 * <pre>{@code
 * private static TestServer server;
 *
 * @BeforeAll
 * static void start() {
 *     server = TestServer.start();
 * }
 *
 * @AfterAll
 * static void stop() {
 *     server.close();
 * }
 * }</pre>
 */
public final class TestServer implements AutoCloseable {

    private final Server server;
    private final TemporaryDirectory directory;

    private TestServer(Server server, TemporaryDirectory directory) {
        this.server = server;
        this.directory = directory;
    }

    /** PostgreSQL 18. */
    public static TestServer start() {
        return start(ServerOptions.throwaway());
    }

    public static TestServer start(int major) {
        return start(ServerOptions.throwaway().withMajor(major));
    }

    /** Begin with {@link ServerOptions#throwaway()} and change what the test needs. */
    public static TestServer start(ServerOptions options) {
        Host host = Host.local().inMemory();
        TemporaryDirectory directory = TemporaryDirectory.in(host);
        Server server = Server.in(directory.path(), options, host);
        try {
            server.start();
        } catch (EmbeddedException failed) {
            directory.close();
            throw failed;
        }
        return new TestServer(server, directory);
    }

    /** The server itself: crash, freeze, restart, log. */
    public Server server() {
        return server;
    }

    public int port() {
        return server.port();
    }

    public String jdbcUrl() {
        return server.jdbcUrl();
    }

    public String jdbcUrl(String database) {
        return server.jdbcUrl(database);
    }

    /** A libpq connection string of the default database. */
    public String dsn() {
        return server.dsn(Server.DATABASE);
    }

    public String dsn(String database) {
        return server.dsn(database);
    }

    public Connection connect() throws SQLException {
        return server.connect();
    }

    public Connection connect(String database) throws SQLException {
        return server.connect(database);
    }

    /** Runs statements in the default database. */
    public void execute(String sql) {
        executeIn(Server.DATABASE, sql);
    }

    /** Runs statements in that database. */
    public void executeIn(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new EmbeddedException(
                    "The statement failed: " + failed.getMessage(), "See " + server.log(), failed);
        }
    }

    /** A new, empty database; takes some 20 ms. Its JDBC URL is {@code jdbcUrl(name)}. */
    public String createDatabase(String name) {
        server.createDatabase(name);
        return name;
    }

    @Override
    public void close() {
        server.abandon();
        directory.close();
    }
}
