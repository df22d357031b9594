package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copies the data directory of a running server on the same machine: <a
 * href="https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP">a
 * base backup with the low-level functions</a>. What the copy still needs of the WAL it streams.
 */
final class Cloning {

    /** Directories whose content belongs to one run of one server, as pg_basebackup has them. */
    private static final Set<String> EMPTIED =
            Set.of(
                    "pg_wal",
                    "pg_replslot",
                    "pg_dynshmem",
                    "pg_notify",
                    "pg_serial",
                    "pg_snapshots",
                    "pg_stat_tmp",
                    "pg_subtrans",
                    "pgsql_tmp");

    private static final Set<String> LEFT_OUT =
            Set.of(
                    "postmaster.pid",
                    "postmaster.opts",
                    "backup_label",
                    "backup_label.old",
                    "backup_manifest",
                    "tablespace_map",
                    "standby.signal",
                    "recovery.signal",
                    "current_logfiles",
                    "postgresql.auto.conf.tmp");

    private final Server source;
    private final Layout target;
    private final Account account;

    Cloning(Server source, Layout target, Account account) {
        this.source = source;
        this.target = target;
        this.account = account;
    }

    /** Leaves a data directory that will start as a reader. */
    void run() {
        refuseTablespaces();
        Path filling = target.directory().resolve("data.part");
        try (Connection connection = source.connect()) {
            Directories.open(target.directory(), account);
            Directories.delete(filling);
            SharedMemory.releaseUnder(target.directory());
            Directories.delete(target.data());
            start(connection);
            copy(source.data(), filling);
            String label = stop(connection);
            Password.secret(filling.resolve("backup_label"), label, account);
            Password.secret(filling.resolve("standby.signal"), "", account);
            Files.deleteIfExists(target.password());
            Path password = new Layout(source.directory()).password();
            if (Files.exists(password)) {
                Password.secret(target.password(), Files.readString(password), account);
            }
            Files.move(filling, target.data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw failure(Causes.text(failed), failed);
        } catch (SQLException failed) {
            throw failure(String.valueOf(failed.getMessage()), failed);
        }
    }

    private EmbeddedException failure(String reason, Exception cause) {
        return new EmbeddedException(
                "The server on "
                        + source.data()
                        + " could not be copied to "
                        + target.data()
                        + ": "
                        + reason,
                "Check the free space there and the log " + source.log() + ".",
                cause);
    }

    private void refuseTablespaces() {
        Path tablespaces = source.data().resolve("pg_tblspc");
        try (Stream<Path> links = Files.list(tablespaces)) {
            if (links.findAny().isPresent()) {
                throw new EmbeddedException(
                        "The server on "
                                + source.data()
                                + " has tablespaces, which a reader on the same machine would share.",
                        "Drop the tablespaces, or build the reader with pg_basebackup"
                                + " --tablespace-mapping.");
            }
        } catch (IOException unreadable) {
            throw failure(Causes.text(unreadable), unreadable);
        }
    }

    private void start(Connection connection) throws SQLException {
        String sql =
                source.major() >= 15
                        ? "SELECT pg_catalog.pg_backup_start('howdah', true)"
                        : "SELECT pg_catalog.pg_start_backup('howdah', true, false)";
        one(connection, sql);
    }

    private String stop(Connection connection) throws SQLException {
        String sql =
                source.major() >= 15
                        ? "SELECT labelfile FROM pg_catalog.pg_backup_stop(false)"
                        : "SELECT labelfile FROM pg_catalog.pg_stop_backup(false, false)";
        return one(connection, sql);
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        Path copy = to.resolve(from.relativize(directory).toString());
                        Directories.closed(copy, account);
                        if (!EMPTIED.contains(String.valueOf(directory.getFileName()))) {
                            return FileVisitResult.CONTINUE;
                        }
                        if (copy.endsWith("pg_wal")) {
                            Directories.closed(copy.resolve("archive_status"), account);
                        }
                        return FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        copyFile(file, to.resolve(from.relativize(file).toString()));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        // A running server deletes files; recovery deletes them again.
                        if (failure instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failure;
                    }
                });
    }

    private void copyFile(Path file, Path copy) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (LEFT_OUT.contains(name) || name.startsWith("pg_internal.init")) {
            return;
        }
        try {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException deletedMeanwhile) {
            return;
        }
        Directories.give(copy, account);
    }
}
