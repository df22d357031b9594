package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A data directory fresh from initdb, made once for each archive of binaries and kind of data
 * directory: initdb takes half a second, a copy of what it made a tenth of that.
 */
final class Template {

    /** Raised when what a template contains changes. */
    private static final int GENERATION = 1;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Host host;
    private final Binaries binaries;
    private final boolean checksums;

    Template(Host host, Binaries binaries, boolean checksums) {
        this.host = host;
        this.binaries = binaries;
        this.checksums = checksums;
    }

    void copyTo(Path data) {
        Directories.copy(ready(), data);
    }

    private Path ready() {
        Path templates = host.state().templates();
        String name =
                "%s-%s%s-%d"
                        .formatted(
                                binaries.key(),
                                host.account().name(),
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
                    Directories.closed(filling, host.account());
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

    private void initialize(Path data) {
        List<String> initdb = new ArrayList<>(host.account().prefix(false));
        initdb.addAll(
                List.of(
                        binaries.initdb().toString(),
                        "--pgdata=" + data,
                        "--username=" + Server.SUPERUSER,
                        "--auth=trust",
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
        require("initdb", Command.run(initdb), data);
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
