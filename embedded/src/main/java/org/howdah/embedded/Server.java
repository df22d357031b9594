package org.howdah.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One PostgreSQL server in a directory of its own: {@code data}, {@code server.log}, {@code pgpass}
 * and, where the path is short enough for one, the unix socket. It listens on 127.0.0.1 only.
 *
 * <p>Safe for use by several threads; starting and stopping exclude each other.
 */
public final class Server implements AutoCloseable {

    /** The superuser that initdb makes. */
    public static final String SUPERUSER = "postgres";

    /** The database that is always there, with {@code pg_stat_statements} in it. */
    public static final String DATABASE = "postgres";

    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final Host host;
    private final Layout layout;
    private final ServerOptions options;
    private final Object lifecycle = new Object();

    /** Empty when it is stopped. */
    private volatile Optional<Postmaster> postmaster = Optional.empty();

    /** The file in the registry, of a tied server that this process started. */
    private volatile Optional<Path> entry = Optional.empty();

    /** 0 before the first start. */
    private volatile int port;

    /** Settings that follow from the server's place in a cluster. */
    private volatile Map<String, String> role = Map.of();

    private Server(Host host, Path directory, ServerOptions options) {
        this.host = host;
        this.layout = new Layout(directory);
        this.options = options;
    }

    /**
     * A server in that directory. The directory is made, and its data copied from the template,
     * when they are missing; a server that already runs there is joined.
     */
    public static Server in(Path directory, ServerOptions options, Host host) {
        Server server = on(directory, options, host);
        server.prepare();
        return server;
    }

    /** Makes the directory and its data where they are missing. */
    void prepare() {
        new Startup(host, layout, options).prepare();
    }

    /** A server on data that is there, or that somebody else puts there. */
    static Server on(Path directory, ServerOptions options, Host host) {
        Server server = new Server(host, directory, options);
        server.join();
        return server;
    }

    /** Takes over a server that runs there already. */
    boolean join() {
        synchronized (lifecycle) {
            if (running()) {
                return true;
            }
            postmaster = PostmasterFile.running(layout.data());
            PostmasterFile.read(layout.data())
                    .filter(file -> postmaster.isPresent())
                    .ifPresent(file -> port = file.port());
            if (port == 0) {
                port = PostmasterFile.lastPort(layout.data());
            }
            return postmaster.isPresent();
        }
    }

    /** Starts and waits until it answers. */
    public void start() {
        synchronized (lifecycle) {
            Startup.Started started = new Startup(host, layout, options).start(port, role);
            postmaster = Optional.of(started.postmaster());
            port = started.port();
            entry = started.entry();
        }
    }

    public void stop() {
        stop(StopMode.FAST);
    }

    /** Stops it and waits for its end; a frozen server is thawed for that. */
    public void stop(StopMode mode) {
        synchronized (lifecycle) {
            if (postmaster.isPresent() && !ended(mode, options.patience())) {
                throw new EmbeddedException(
                        "The server on "
                                + data()
                                + " did not stop within "
                                + options.patience().toSeconds()
                                + " s.",
                        "Stop it with mode IMMEDIATE; the log is " + log() + ".");
            }
            gone();
        }
    }

    private boolean ended(StopMode mode, Duration patience) {
        Postmaster running = postmaster.orElseThrow();
        running.signal(mode.signal());
        running.thaw();
        return running.awaitEnd(patience);
    }

    private void gone() {
        postmaster = Optional.empty();
        entry.ifPresent(new Registry(host)::forget);
        entry = Optional.empty();
        new Configuration(host, layout, options).releaseSocketDirectory();
    }

    /** SIGKILL to every process of the server. */
    public void crash() {
        synchronized (lifecycle) {
            postmaster.ifPresent(Postmaster::kill);
            gone();
        }
    }

    /** SIGSTOP to every process: the server neither answers nor closes its connections. */
    public void freeze() {
        postmaster.ifPresent(Postmaster::freeze);
    }

    public void thaw() {
        postmaster.ifPresent(Postmaster::thaw);
    }

    /** Stops fast and starts again, on the same port. */
    public void restart() {
        synchronized (lifecycle) {
            stop();
            start();
        }
    }

    /** Makes it read its configuration files again, which it does a moment later. */
    public void reload() {
        postmaster.ifPresent(running -> running.signal(Posix.SIGHUP));
    }

    /** Ends recovery: from now on this server writes, on a timeline of its own. */
    public void promote() {
        long seconds = Math.max(1, options.patience().toSeconds());
        boolean promoted =
                Sql.on(this)
                        .text("SELECT pg_catalog.pg_promote(true, " + seconds + ")")
                        .equals("t");
        if (!promoted) {
            throw new EmbeddedException(
                    "The server on " + data() + " did not leave recovery within " + seconds + " s.",
                    "The log is " + log() + ".");
        }
    }

    /** Settings of its place in a cluster; written now, read by the server at its next (re)load. */
    void assume(Map<String, String> newRole) {
        role = Map.copyOf(newRole);
        new Configuration(host, layout, options).write(role);
    }

    public boolean running() {
        return postmaster.filter(Postmaster::running).isPresent();
    }

    public boolean frozen() {
        return postmaster.filter(Postmaster::running).filter(Postmaster::frozen).isPresent();
    }

    /** The process number of the postmaster; empty when it does not run. */
    public Optional<Long> pid() {
        return postmaster.filter(Postmaster::running).map(Postmaster::pid);
    }

    public int major() {
        return options.major();
    }

    /** The TCP port on 127.0.0.1, of the last run if it does not run; 0 before the first. */
    public int port() {
        return port;
    }

    public Path directory() {
        return layout.directory();
    }

    public Path data() {
        return layout.data();
    }

    public Path log() {
        return layout.log();
    }

    /** Where the unix socket is: {@code host=} for libpq. */
    public Path socketDirectory() {
        return new Configuration(host, layout, options).socketDirectory();
    }

    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    /** With the superuser and the password, if there is one: not for printing. */
    public String jdbcUrl(String database) {
        String password =
                Password.read(directory()).map(secret -> "&password=" + secret).orElse("");
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s%s"
                .formatted(port, Urls.encoded(database), SUPERUSER, password);
    }

    public String dsn() {
        return dsn(DATABASE);
    }

    /** A libpq connection string; the password, if there is one, is in the file that it names. */
    public String dsn(String database) {
        String file =
                Password.read(directory()).isPresent()
                        ? "?passfile=" + Urls.encoded(layout.password().toString())
                        : "";
        return "postgresql://%s@127.0.0.1:%d/%s%s"
                .formatted(SUPERUSER, port, Urls.encoded(database), file);
    }

    public Connection connect() throws SQLException {
        return connect(DATABASE);
    }

    /** A new connection as superuser, without Howdah's guards. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database));
    }

    /** Makes an empty database; takes some 20 ms. */
    public void createDatabase(String database) {
        String name = database.replace("\"", "\"\"");
        Sql.on(this).execute("CREATE DATABASE \"" + name + "\" TEMPLATE template0");
    }

    /** Makes an empty database unless there is one of that name. */
    public void ensureDatabase(String database) {
        String sql = "SELECT count(*) FROM pg_catalog.pg_database WHERE datname = ?";
        if (Sql.on(this).text(sql, database).equals("0")) {
            createDatabase(database);
        }
    }

    /** Stops it, by force when it does not stop in time. */
    @Override
    public void close() {
        end(StopMode.FAST);
    }

    /** Stops it at once; unlike a crash, that gives its shared memory back. */
    void abandon() {
        end(StopMode.IMMEDIATE);
    }

    private void end(StopMode mode) {
        synchronized (lifecycle) {
            if (postmaster.isPresent() && !ended(mode, CLOSING)) {
                postmaster.get().kill();
            }
            gone();
        }
    }
}
