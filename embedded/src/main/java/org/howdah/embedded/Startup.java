package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes a server's directory and brings its postmaster up, or says why it does not come up. */
final class Startup {

    private static final int ATTEMPTS = 5;
    private static final int TOLD_LINES = 12;
    private static final long LARGE_LOG_BYTES = 32L << 20;
    private static final String PORT_TAKEN = "Address already in use";

    private final Host host;
    private final Layout layout;
    private final ServerOptions options;
    private final Ports ports = new Ports(RandomGenerator.getDefault());

    Startup(Host host, Layout layout, ServerOptions options) {
        this.host = host;
        this.layout = layout;
        this.options = options;
    }

    record Started(Postmaster postmaster, int port, Optional<Path> entry) {}

    /** Makes the directory and copies the template into it, where that has not been done. */
    void prepare() {
        Path data = layout.data();
        try {
            Directories.open(layout.directory(), host.account());
            Path version = data.resolve("PG_VERSION");
            if (!Files.exists(version)) {
                Directories.delete(layout.directory().resolve("data.part"));
                Files.deleteIfExists(layout.password());
                new Template(host, host.binaries(options.major()), options)
                        .copyTo(layout.directory());
                return;
            }
            String found = Files.readString(version).strip();
            if (!found.equals(String.valueOf(options.major()))) {
                throw new EmbeddedException(
                        "The data directory "
                                + data
                                + " belongs to PostgreSQL "
                                + found
                                + ", not "
                                + options.major()
                                + ".",
                        "Choose major version " + found + " or another directory.");
            }
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The directory "
                            + layout.directory()
                            + " cannot hold a server: "
                            + Causes.text(failed),
                    "Choose a directory that is writable.",
                    failed);
        }
    }

    /**
     * Starts and waits until the server answers.
     *
     * @param lastPort the port of the run before, 0 for none: taken again if it is still free
     */
    Started start(int lastPort, Map<String, String> role) {
        refuseSecond();
        for (int attempt = 1; ; attempt++) {
            int port = attempt == 1 ? port(lastPort) : ports.free();
            new Configuration(host, layout, options).write(role);
            long logged = readyLog();
            Postmaster postmaster =
                    new Launch(host.account(), options.lifetime())
                            .start(command(port), layout.log());
            Optional<Path> entry =
                    options.lifetime() == Lifetime.TIED
                            ? Optional.of(new Registry(host).enroll(postmaster, layout.data()))
                            : Optional.empty();
            if (awaitReady(postmaster, logged)) {
                return new Started(postmaster, port, entry);
            }
            entry.ifPresent(new Registry(host)::forget);
            String tail = ServerLog.tail(layout.log(), logged, TOLD_LINES);
            boolean mayChoose = options.port().isEmpty() && attempt < ATTEMPTS;
            if (!tail.contains(PORT_TAKEN) || !mayChoose) {
                throw notStarted(postmaster, port, tail);
            }
        }
    }

    private void refuseSecond() {
        new Registry(host).sweep();
        PostmasterFile.running(layout.data())
                .ifPresent(other -> {
                    throw new EmbeddedException(
                            "A server already runs on "
                                    + layout.data()
                                    + " (process "
                                    + other.pid()
                                    + ").",
                            "Stop it first, or choose another directory.");
                });
    }

    private int port(int lastPort) {
        if (options.port().isPresent()) {
            return options.port().getAsInt();
        }
        return lastPort != 0 && Ports.isFree(lastPort) ? lastPort : ports.free();
    }

    private List<String> command(int port) {
        return List.of(
                host.binaries(options.major()).postgres().toString(),
                "-D",
                layout.data().toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + port,
                "-c",
                "unix_socket_directories="
                        + new Configuration(host, layout, options).socketDirectory());
    }

    /**
     * Where this run's part of the log begins. A log names objects and values: nobody else reads
     * it.
     */
    private long readyLog() {
        Path log = layout.log();
        try {
            if (ServerLog.size(log) > LARGE_LOG_BYTES) {
                Path previous = log.resolveSibling("server.log.1");
                Files.move(log, previous, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Files.exists(log)) {
                Files.createFile(
                        log,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
            }
            return Files.size(log);
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The log " + log + " cannot be written: " + Causes.text(failed),
                    "Check the permissions and the free space there.",
                    failed);
        }
    }

    private boolean awaitReady(Postmaster started, long logged) {
        Wait wait = Wait.atMost(options.patience());
        while (started.running()) {
            boolean ready =
                    PostmasterFile.read(layout.data())
                            .filter(file -> file.pid() == started.pid() && file.ready())
                            .isPresent();
            if (ready) {
                return true;
            }
            if (!wait.again()) {
                started.kill();
                throw new EmbeddedException(
                        "The server on "
                                + layout.data()
                                + " was not ready after "
                                + options.patience().toSeconds()
                                + " s:\n"
                                + ServerLog.tail(layout.log(), logged, TOLD_LINES),
                        "The whole log is " + layout.log() + ".");
            }
        }
        return false;
    }

    private EmbeddedException notStarted(Postmaster ended, int port, String tail) {
        String code = ended.exitCode().map(String::valueOf).orElse("unknown");
        String hint =
                tail.contains(PORT_TAKEN)
                        ? "Another program listens on port " + port + "; choose another or none."
                        : "The whole log is " + layout.log() + ".";
        return new EmbeddedException(
                "The server on "
                        + layout.data()
                        + " did not start (exit code "
                        + code
                        + "):\n"
                        + tail,
                hint);
    }
}
