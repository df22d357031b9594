package org.howdah.remedy;

import java.util.Optional;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.remedy.Statements.TableLock;

/** Removes an index that a remedy made itself and that must not stay. */
final class IndexRemoval {
    private IndexRemoval() {}

    /**
     * What is left, in one sentence; empty where it is gone. A stop does not end it, its time limit
     * does.
     */
    static Optional<String> remove(Statements statements, QualifiedName index) {
        try {
            Optional<IndexState> state = IndexState.find(statements.watch(), index);
            if (state.isEmpty()) {
                return Optional.empty();
            }
            drop(statements, index, state.get());
        } catch (RemedyEnded | HowdahException failure) {
            return left(statements.watch(), index, String.valueOf(failure.getMessage()));
        }
        return left(statements.watch(), index, "nobody knows why");
    }

    private static void drop(Statements statements, QualifiedName index, IndexState state) {
        Optional<TableLock> lock =
                Optional.of(new TableLock(state.table(), LockMode.ACCESS_EXCLUSIVE));
        String plain = "DROP INDEX IF EXISTS " + index.sql();
        if (state.partitioned()) {
            statements.brief(plain, lock);
            return;
        }
        try {
            statements.watched("DROP INDEX CONCURRENTLY IF EXISTS " + index.sql());
        } catch (RemedyEnded slow) {
            // It waits for every transaction that has touched the table; a moment may be had
            // sooner.
            statements.brief(plain, lock);
        }
    }

    private static Optional<String> left(Session session, QualifiedName index, String why) {
        try {
            return TableFact.find(session, index).isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "the index %s is left and will be removed by the next run (%s)"
                                    .formatted(index, why));
        } catch (HowdahException unreachable) {
            return Optional.of(
                    "whether the index %s is left is not known (%s)"
                            .formatted(index, unreachable.getMessage()));
        }
    }
}
