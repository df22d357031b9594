package org.howdah.repository;

import java.util.List;
import org.howdah.postgres.Dsn;

/**
 * Brings schema {@code howdah} to the version that this build needs: all missing steps in one
 * transaction, so that a failure leaves what was there. Processes that start together take turns by
 * an advisory lock.
 */
final class Migrator {
    /** "howdah" in ASCII: the key of the advisory lock, the same in all versions. */
    private static final long LOCK = 0x686f_7764_6168L;

    private record Applied(int version, String name, String checksum) {}

    private final List<Migration> migrations;

    Migrator(List<Migration> migrations) {
        this.migrations = List.copyOf(migrations);
    }

    /** The version afterwards. */
    int migrate(Transaction transaction, Dsn dsn) {
        transaction.execute("SET LOCAL lock_timeout = '60s'");
        transaction.query(
                "SELECT pg_catalog.pg_advisory_xact_lock(?)::text", row -> row.getString(1), LOCK);
        List<Applied> applied = applied(transaction);
        for (Applied step : applied) {
            compare(step, dsn);
        }
        migrations.stream()
                .filter(step -> step.version() > applied.size())
                .forEach(step -> apply(transaction, step));
        return migrations.size();
    }

    private List<Applied> applied(Transaction transaction) {
        boolean schema =
                transaction.one(
                        "SELECT pg_catalog.to_regnamespace('howdah') IS NOT NULL",
                        row -> row.getBoolean(1));
        if (!schema) {
            transaction.execute("CREATE SCHEMA howdah");
        }
        boolean table =
                transaction.one(
                        "SELECT pg_catalog.to_regclass('howdah.migration') IS NOT NULL",
                        row -> row.getBoolean(1));
        if (!table) {
            createTable(transaction);
        }
        return transaction.query(
                "SELECT version, name, checksum FROM howdah.migration ORDER BY version",
                row -> new Applied(row.getInt(1), row.getString(2), row.getString(3)));
    }

    private static void createTable(Transaction transaction) {
        transaction.execute(
                """
                CREATE TABLE howdah.migration (
                    version    integer     PRIMARY KEY,
                    name       text        NOT NULL,
                    checksum   text        NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT pg_catalog.now()
                )
                """);
    }

    private void compare(Applied step, Dsn dsn) {
        if (step.version() > migrations.size()) {
            throw new RepositoryException(
                    "repository-newer",
                    "The repository %s has schema version %d (%s), this Howdah knows %d"
                            .formatted(dsn, step.version(), step.name(), migrations.size()),
                    "Use the newer Howdah that wrote it, or another repository database");
        }
        Migration known = migrations.get(step.version() - 1);
        if (!known.checksum().equals(step.checksum())) {
            throw new RepositoryException(
                    "repository-changed",
                    "Step %d (%s) of the repository %s is not the one that this Howdah has"
                            .formatted(step.version(), step.name(), dsn),
                    "Use the Howdah that wrote it, or another repository database");
        }
    }

    private static void apply(Transaction transaction, Migration step) {
        transaction.execute(step.sql());
        transaction.update(
                "INSERT INTO howdah.migration (version, name, checksum) VALUES (?, ?, ?)",
                step.version(),
                step.name(),
                step.checksum());
    }
}
