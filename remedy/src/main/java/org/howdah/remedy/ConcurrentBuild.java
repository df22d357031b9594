package org.howdah.remedy;

import java.util.Optional;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.ServerVersion;
import org.howdah.remedy.Statements.TableLock;

/** What holds for every concurrent build of an index. */
final class ConcurrentBuild {
    private static final int SAFE_MINOR_OF_14 = 4;

    private ConcurrentBuild() {}

    /**
     * PostgreSQL 14.0 to 14.3 can build indexes concurrently that lack rows.
     *
     * <p>https://www.postgresql.org/docs/release/14.4/
     */
    static Optional<String> objection(ServerVersion version) {
        return version.major() == 14 && version.minor() < SAFE_MINOR_OF_14
                ? Optional.of(
                        "PostgreSQL %s builds damaged indexes concurrently: update to 14.4 or later"
                                .formatted(version))
                : Optional.empty();
    }

    /**
     * Takes the lock that the build needs and lets it go again: whoever holds the table for long,
     * or builds an index on it, is noticed in attempts of at most a second. The build itself has no
     * lock timeout, since that would also end its wait for old snapshots and leave an invalid index
     * behind.
     */
    static void awaitTable(Statements statements, QualifiedName table) {
        boolean lockable =
                TableFact.find(statements.watch(), table)
                        .filter(found -> found.kind().equals("r") || found.kind().equals("p"))
                        .isPresent();
        if (lockable) {
            TableLock lock = new TableLock(table.sql(), LockMode.SHARE_UPDATE_EXCLUSIVE);
            statements.brief(lock.sql(), Optional.of(lock));
        }
    }
}
