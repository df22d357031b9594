package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Directories that the account of the servers can use. */
final class Directories {

    private Directories() {}

    /** Creates what is missing, open to everybody, and makes sure that the account gets there. */
    static void open(Path directory, Account account) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = directory.toAbsolutePath().normalize();
                path != null && !Files.exists(path);
                path = path.getParent()) {
            missing.push(path);
        }
        for (Path path : missing) {
            Files.createDirectories(path);
            // Explicitly, because the umask may be tighter than the server's account can bear.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        requireEntry(directory.toAbsolutePath().normalize(), account);
    }

    /** A directory that only the account may enter. */
    static void closed(Path directory, Account account) throws IOException {
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        give(directory, account);
    }

    static void give(Path path, Account account) throws IOException {
        if (account.switched()) {
            Files.setAttribute(path, "unix:uid", account.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", account.gid(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static void requireEntry(Path directory, Account account) throws IOException {
        if (!account.switched()) {
            return;
        }
        for (Path path = directory; path != null; path = path.getParent()) {
            int mode = (int) Files.getAttribute(path, "unix:mode");
            boolean owner = account.uid() == (int) Files.getAttribute(path, "unix:uid");
            boolean group = account.gid() == (int) Files.getAttribute(path, "unix:gid");
            int needed = owner ? 0100 : group ? 0010 : 0001;
            if ((mode & needed) == 0) {
                throw new EmbeddedException(
                        "The account "
                                + account.name()
                                + ", which runs the server, cannot enter the directory "
                                + path
                                + ".",
                        "Choose another directory, or run `chmod o+x " + path + "`.");
            }
        }
    }

    /** Deletes a tree; what is already gone is fine. Symbolic links are not followed. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(directory)) {
            paths = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            try {
                Files.deleteIfExists(path);
            } catch (NoSuchFileException gone) {
                // Somebody else deletes too.
            }
        }
    }

    /** Copies a tree with owners and permissions, sharing blocks where the file system can. */
    static void copy(Path from, Path to) {
        Command.Result result =
                Command.run(
                        List.of(
                                "cp",
                                "-a",
                                "--reflink=auto",
                                "--",
                                from.toString(),
                                to.toString()));
        if (result.exitCode() != 0) {
            throw new EmbeddedException(
                    "The data directory "
                            + to
                            + " could not be filled from "
                            + from
                            + ": "
                            + result.output().strip(),
                    "Check the free space and the permissions there.");
        }
    }
}
