package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Remembers, in the state directory, each server and each temporary directory that ends with its
 * owner. A tied server ends by itself when its owner is killed, except when it is frozen: a stopped
 * process acts on no signal. The next start finds it here and ends it.
 */
final class Registry {

    private static final String COMMENT = "Written by Howdah; deleted when the server ends.";
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Host host;

    Registry(Host host) {
        this.host = host;
    }

    private record Entry(Path file, Owner owner, Optional<Owner> server, Path directory) {}

    /** Remembers a server; the answer is the file to delete when it has ended. */
    Path enroll(Postmaster server, Path data) {
        return write(
                "server-%d-%d".formatted(server.pid(), server.startTicks()),
                Map.of(
                        "owner", Owner.current().text(),
                        "server", Owner.of(server).text(),
                        "directory", data.toString()));
    }

    /** Remembers a directory to delete when this process has ended. */
    Path enrollTemporary(Path directory) {
        return write(
                "directory-" + directory.getFileName(),
                Map.of("owner", Owner.current().text(), "directory", directory.toString()));
    }

    private Path write(String name, Map<String, String> values) {
        Path servers = host.state().servers();
        try {
            Directories.open(servers, host.account());
            Path file = servers.resolve(name + ".properties");
            PropertiesFile.write(file, values, COMMENT);
            return file;
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The state directory "
                            + host.state().root()
                            + " cannot be written: "
                            + Causes.text(failed),
                    "HOWDAH_STATE moves it to a place that is writable.",
                    failed);
        }
    }

    void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            // The next sweep tries again: the server it names is gone.
        }
    }

    /** Ends the servers and deletes the temporary directories of owners that are gone. */
    void sweep() {
        List<Entry> orphans = entries().stream().filter(entry -> !entry.owner().alive()).toList();
        orphans.stream().filter(entry -> entry.server().isPresent()).forEach(this::end);
        orphans.stream().filter(entry -> entry.server().isEmpty()).forEach(this::deleteDirectory);
    }

    private void end(Entry entry) {
        Owner known = entry.server().orElseThrow();
        if (known.alive() && PostmasterFile.servedBy(known.pid(), entry.directory())) {
            Postmaster orphan = new Postmaster(known.pid(), known.startTicks(), Optional.empty());
            orphan.signal(Posix.SIGINT);
            orphan.thaw();
            if (!orphan.awaitEnd(GRACE)) {
                orphan.kill();
            }
        }
        forget(entry.file());
    }

    private void deleteDirectory(Entry entry) {
        try {
            SharedMemory.releaseUnder(entry.directory());
            Directories.delete(entry.directory());
            forget(entry.file());
        } catch (IOException busy) {
            // Kept in the registry: the next sweep tries again.
        }
    }

    private List<Entry> entries() {
        if (!Files.isDirectory(host.state().servers())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(host.state().servers())) {
            return files.filter(file -> file.toString().endsWith(".properties"))
                    .flatMap(file -> entry(file).stream())
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static Optional<Entry> entry(Path file) {
        try {
            Map<String, String> values = PropertiesFile.read(file);
            Optional<Owner> server = Owner.parse(values.getOrDefault("server", ""));
            Path directory = Path.of(values.getOrDefault("directory", "/nowhere"));
            return Owner.parse(values.getOrDefault("owner", ""))
                    .map(owner -> new Entry(file, owner, server, directory));
        } catch (IOException goneMeanwhile) {
            return Optional.empty();
        }
    }
}
