package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A data directory fresh from initdb, made once for each archive of binaries and kind of data
 * directory: initdb takes half a second, a copy of what it made a tenth of that.
 */
final class Template {

    /** Raised when what a template contains changes. */
    private static final int GENERATION = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Host host;
    private final Binaries binaries;
    private final boolean checksums;
    private final Access access;

    Template(Host host, Binaries binaries, ServerOptions options) {
        this.host = host;
        this.binaries = binaries;
        this.checksums = options.checksums();
        this.access = options.access();
    }

    /** Fills a directory with {@code data} and, where there is a password, its file. */
    void copyTo(Path directory) {
        Path template = ready();
        // The data last: a directory that has data is complete.
        if (Files.exists(template.resolve(Password.FILE))) {
            Directories.copy(template.resolve(Password.FILE), directory.resolve(Password.FILE));
        }
        Path filling = directory.resolve("data.part");
        Directories.copy(template.resolve("data"), filling);
        try {
            Files.move(filling, directory.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The directory " + directory + " cannot hold a server: " + Causes.text(failed),
                    "Choose an empty directory that is writable.",
                    failed);
        }
    }

    private Path ready() {
        Path templates = host.state().templates();
        String name =
                "%s-%s-%s%s-%d"
                        .formatted(
                                binaries.key(),
                                host.account().name(),
                                access.name().toLowerCase(Locale.ROOT),
                                checksums ? "-checksums" : "",
                                GENERATION);
        Path template = templates.resolve(name);
        if (Files.isDirectory(template)) {
            return template;
        }
        try {
            Directories.open(templates, host.account());
            try (HeldLock _ = HeldLock.exclusive(templates.resolve(name + ".lock"), PATIENCE)) {
                if (!Files.isDirectory(template)) {
                    Path filling = templates.resolve(name + ".part");
                    Directories.delete(filling);
                    Directories.open(filling, host.account());
                    initialize(filling);
                    Files.move(filling, template, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return template;
        } catch (IOException broken) {
            throw new EmbeddedException(
                    "A data directory could not be prepared in "
                            + templates
                            + ": "
                            + Causes.text(broken),
                    "HOWDAH_STATE moves the state directory to a place that is writable.",
                    broken);
        }
    }

    private void initialize(Path directory) throws IOException {
        Path data = directory.resolve("data");
        Directories.closed(data, host.account());
        List<String> initdb = new ArrayList<>(host.account().prefix(false));
        initdb.addAll(
                List.of(
                        binaries.initdb().toString(),
                        "--pgdata=" + data,
                        "--username=" + Server.SUPERUSER,
                        "--auth=" + access.method(),
                        "--encoding=UTF8",
                        "--no-sync",
                        "--no-instructions"));
        if (binaries.major() >= 17) {
            initdb.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        }
        initdb.add("--locale=C");
        if (checksums) {
            initdb.add("--data-checksums");
        } else if (binaries.major() >= 18) {
            initdb.add("--no-data-checksums");
        }
        Path password = directory.resolve("password");
        if (access == Access.PASSWORD) {
            String chosen = Password.random();
            Password.write(directory, chosen, host.account());
            Password.secret(password, chosen + "\n", host.account());
            initdb.add("--pwfile=" + password);
        }
        require("initdb", Command.run(initdb), data);
        Files.deleteIfExists(password);
        // In single-user mode, so that no start has to do it.
        List<String> single = new ArrayList<>(host.account().prefix(false));
        single.addAll(
                List.of(
                        binaries.postgres().toString(),
                        "--single",
                        "-D",
                        data.toString(),
                        "-c",
                        "fsync=off",
                        Server.DATABASE));
        String extension = "CREATE EXTENSION pg_stat_statements SCHEMA public\n";
        require("postgres --single", Command.run(single, Path.of("/"), extension), data);
    }

    private static void require(String program, Command.Result result, Path data) {
        if (result.exitCode() != 0 || result.output().contains("ERROR:")) {
            throw new EmbeddedException(
                    program
                            + " could not make the data directory "
                            + data
                            + " (exit code "
                            + result.exitCode()
                            + "): "
                            + result.output().strip(),
                    "Check the free space and the permissions there.");
        }
    }
}
