package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory that is deleted on close, or by a later start when this process was killed. */
final class TemporaryDirectory implements AutoCloseable {

    private final Path path;
    private final Path entry;
    private final Registry registry;

    private TemporaryDirectory(Path path, Path entry, Registry registry) {
        this.path = path;
        this.entry = entry;
        this.registry = registry;
    }

    static TemporaryDirectory in(Host host) {
        Registry registry = new Registry(host);
        try {
            Path path = Files.createTempDirectory(host.temporary(), "howdah-");
            Path entry = registry.enrollTemporary(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new TemporaryDirectory(path, entry, registry);
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "No temporary directory can be made in "
                            + host.temporary()
                            + ": "
                            + Causes.text(failed),
                    "Set java.io.tmpdir to a directory that is writable.",
                    failed);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            SharedMemory.releaseUnder(path);
            Directories.delete(path);
            registry.forget(entry);
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The temporary directory "
                            + path
                            + " cannot be deleted: "
                            + Causes.text(failed),
                    "Delete it by hand.",
                    failed);
        }
    }
}
