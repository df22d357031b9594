package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One PostgreSQL server in a directory of its own: {@code data}, {@code server.log} and, where the
 * path is short enough for one, the unix socket. It listens on 127.0.0.1 only.
 *
 * <p>Safe for use by several threads; starting and stopping exclude each other.
 */
public final class Server implements AutoCloseable {

    /** The superuser that initdb makes. */
    public static final String SUPERUSER = "postgres";

    /** The database that is always there, with {@code pg_stat_statements} in it. */
    public static final String DATABASE = "postgres";

    private static final Duration CLOSING = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 5;

    private final Host host;
    private final Path directory;
    private final ServerOptions options;
    private final Ports ports = new Ports(RandomGenerator.getDefault());
    private final Object lifecycle = new Object();

    private volatile Optional<Postmaster> postmaster = Optional.empty();
    private volatile int port;

    private Server(Host host, Path directory, ServerOptions options) {
        this.host = host;
        this.directory = directory;
        this.options = options;
    }

    /**
     * A server in that directory, not yet started. The directory is made, and its data copied from
     * the template, when they are missing.
     */
    public static Server in(Path directory, ServerOptions options, Host host) {
        Server server = new Server(host, directory.toAbsolutePath().normalize(), options);
        server.prepare();
        return server;
    }

    /** A server in that directory that runs or will run on data that somebody else puts there. */
    static Server on(Path directory, ServerOptions options, Host host) {
        return new Server(host, directory.toAbsolutePath().normalize(), options);
    }

    private void prepare() {
        try {
            Directories.open(directory, host.account());
            Path version = data().resolve("PG_VERSION");
            if (!Files.exists(version)) {
                Binaries binaries = host.binaries(options.major());
                new Template(host, binaries, options.checksums()).copyTo(data());
                return;
            }
            String found = Files.readString(version).strip();
            if (!found.equals(String.valueOf(options.major()))) {
                throw new EmbeddedException(
                        "The data directory "
                                + data()
                                + " belongs to PostgreSQL "
                                + found
                                + ", not "
                                + options.major()
                                + ".",
                        "Choose major version " + found + " or another directory.");
            }
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The directory " + directory + " cannot hold a server: " + Causes.text(failed),
                    "Choose a directory that is writable.",
                    failed);
        }
    }

    /** Starts and waits until it answers. */
    public void start() {
        synchronized (lifecycle) {
            PostmasterFile.running(data())
                    .ifPresent(other -> {
                        throw new EmbeddedException(
                                "A server already runs on "
                                        + data()
                                        + " (process "
                                        + other.pid()
                                        + ").",
                                "Stop it first, or choose another directory.");
                    });
            for (int attempt = 1; ; attempt++) {
                port = options.port().orElseGet(this::choosePort);
                long logged = ServerLog.size(log());
                Postmaster started =
                        new Launch(host.account(), options.lifetime()).start(command(), log());
                postmaster = Optional.of(started);
                if (awaitReady(started)) {
                    return;
                }
                postmaster = Optional.empty();
                String tail = ServerLog.tail(log(), logged, 12);
                boolean retry = options.port().isEmpty() && attempt < ATTEMPTS;
                if (!tail.contains("Address already in use") || !retry) {
                    throw notStarted(started, tail);
                }
                port = 0;
            }
        }
    }

    private int choosePort() {
        return port != 0 && Ports.isFree(port) ? port : ports.free();
    }

    private List<String> command() {
        Configuration configuration = new Configuration(host, directory, options);
        configuration.write();
        return List.of(
                host.binaries(options.major()).postgres().toString(),
                "-D",
                data().toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + port,
                "-c",
                "unix_socket_directories=" + configuration.socketDirectory());
    }

    private boolean awaitReady(Postmaster started) {
        Wait wait = Wait.atMost(options.patience());
        while (started.running()) {
            boolean ready =
                    PostmasterFile.read(data())
                            .filter(file -> file.pid() == started.pid() && file.ready())
                            .isPresent();
            if (ready) {
                return true;
            }
            if (!wait.again()) {
                String tail = ServerLog.tail(log(), 0, 12);
                started.kill();
                postmaster = Optional.empty();
                throw new EmbeddedException(
                        "The server on "
                                + data()
                                + " was not ready after "
                                + options.patience().toSeconds()
                                + " s:\n"
                                + tail,
                        "The log is " + log() + ".");
            }
        }
        return false;
    }

    private EmbeddedException notStarted(Postmaster ended, String tail) {
        String code = ended.exitCode().map(String::valueOf).orElse("unknown");
        String hint =
                tail.contains("Address already in use")
                        ? "Another program listens on port " + port + "; choose another or none."
                        : "The whole log is " + log() + ".";
        return new EmbeddedException(
                "The server on " + data() + " did not start (exit code " + code + "):\n" + tail,
                hint);
    }

    /** Stops it and waits for its end; a frozen server is thawed first. */
    public void stop(StopMode mode) {
        synchronized (lifecycle) {
            postmaster.ifPresent(running -> {
                running.signal(mode.signal());
                running.thaw();
                if (!running.awaitEnd(options.patience())) {
                    throw new EmbeddedException(
                            "The server on "
                                    + data()
                                    + " did not stop within "
                                    + options.patience().toSeconds()
                                    + " s.",
                            "Stop it with mode IMMEDIATE; the log is " + log() + ".");
                }
            });
            postmaster = Optional.empty();
        }
    }

    public void stop() {
        stop(StopMode.FAST);
    }

    /** SIGKILL to every process of the server. */
    public void crash() {
        synchronized (lifecycle) {
            postmaster.ifPresent(Postmaster::kill);
            postmaster = Optional.empty();
        }
    }

    /** SIGSTOP to every process: the server neither answers nor closes its connections. */
    public void freeze() {
        postmaster.ifPresent(Postmaster::freeze);
    }

    public void thaw() {
        postmaster.ifPresent(Postmaster::thaw);
    }

    /** Stops fast and starts again on the same port. */
    public void restart() {
        synchronized (lifecycle) {
            stop();
            start();
        }
    }

    /** Reads the configuration files again; the server does that a moment later. */
    public void reload() {
        new Configuration(host, directory, options).write();
        postmaster.ifPresent(running -> running.signal(Posix.SIGHUP));
    }

    /** Ends recovery: from now on this server writes, on a timeline of its own. */
    public void promote() {
        String sql =
                "SELECT pg_catalog.pg_promote(true, %d)".formatted(options.patience().toSeconds());
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            if (!result.next() || !result.getBoolean(1)) {
                throw new EmbeddedException(
                        "The server on "
                                + data()
                                + " did not leave recovery within "
                                + options.patience().toSeconds()
                                + " s.",
                        "The log is " + log() + ".");
            }
        } catch (SQLException failed) {
            throw new EmbeddedException(
                    "The server on " + data() + " was not promoted: " + failed.getMessage(),
                    "Only a running reader can be promoted.",
                    failed);
        }
    }

    public boolean running() {
        return postmaster.filter(Postmaster::running).isPresent();
    }

    /** The process number of the postmaster; empty when it does not run. */
    public Optional<Long> pid() {
        return postmaster.filter(Postmaster::running).map(Postmaster::pid);
    }

    public int major() {
        return options.major();
    }

    /** The TCP port on 127.0.0.1; 0 before the first start. */
    public int port() {
        return port;
    }

    public Path directory() {
        return directory;
    }

    public Path data() {
        return directory.resolve("data");
    }

    public Path log() {
        return directory.resolve("server.log");
    }

    /** Where the unix socket is: {@code host=} for libpq. */
    public Path socketDirectory() {
        return new Configuration(host, directory, options).socketDirectory();
    }

    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    /** With the superuser in it. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s".formatted(port, database, SUPERUSER);
    }

    /** A libpq connection string. */
    public String dsn(String database) {
        return "postgresql://%s@127.0.0.1:%d/%s".formatted(SUPERUSER, port, database);
    }

    public Connection connect() throws SQLException {
        return connect(DATABASE);
    }

    /** A new connection as superuser, without Howdah's guards. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database));
    }

    /** Stops it, by force when it does not stop in time. */
    @Override
    public void close() {
        synchronized (lifecycle) {
            postmaster.ifPresent(running -> {
                running.signal(Posix.SIGINT);
                running.thaw();
                if (!running.awaitEnd(CLOSING)) {
                    running.kill();
                }
            });
            postmaster = Optional.empty();
        }
    }
}
