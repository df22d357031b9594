package org.howdah.remedy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.postgres.StatementException;
import org.howdah.remedy.Statements.TableLock;

/**
 * The indexes that one run makes, so that it can take back its own and no others: a name may be
 * somebody else's by the time it is looked at, an oid is not.
 */
final class MadeIndexes {
    private static final String DUPLICATE_TABLE = "42P07";

    // Another session's unfinished build shows another process.
    private static final String BEING_BUILT =
            """
            SELECT index_relid::bigint
              FROM pg_catalog.pg_stat_progress_create_index
             WHERE pid = ? AND index_relid <> 0
            """;

    /**
     * @param table the oid of the table on which it is made
     * @param oid its own as soon as it is known
     */
    private record Made(long table, OptionalLong oid) {
        boolean is(IndexState found) {
            return oid.isPresent()
                    ? oid.getAsLong() == found.oid()
                    : !found.valid() && found.tableOid() == table;
        }
    }

    private final Map<QualifiedName, Made> made = new LinkedHashMap<>();

    /** Runs CREATE INDEX CONCURRENTLY. */
    void concurrently(Statements statements, QualifiedName index, long table, String sql) {
        make(
                statements,
                index,
                table,
                () -> statements.watched(sql, () -> noteBuilding(statements, index, table)));
    }

    /** Runs a CREATE INDEX that only takes a moment. */
    void atOnce(
            Statements statements,
            QualifiedName index,
            long table,
            String sql,
            Optional<TableLock> lock) {
        make(
                statements,
                index,
                table,
                () -> {
                    try {
                        statements.brief(sql, lock);
                    } catch (RemedyEnded ended) {
                        if (ended.state() != RemedyState.FAILED) {
                            // Each attempt was rolled back.
                            forget(statements, index);
                        }
                        throw ended;
                    }
                });
    }

    private void make(Statements statements, QualifiedName index, long table, Runnable creation) {
        if (TableFact.find(statements.watch(), index).isPresent()) {
            throw new RemedyEnded(RemedyState.REFUSED, "a relation " + index + " exists already");
        }
        // Noted before it is made, so that it is found should we be interrupted.
        statements.pen().makes(index.sql());
        made.put(index, new Made(table, OptionalLong.empty()));
        try {
            creation.run();
        } catch (StatementException failure) {
            if (failure.sqlState().equals(DUPLICATE_TABLE)) {
                forget(statements, index);
            }
            throw failure;
        }
        IndexState.find(statements.watch(), index)
                .filter(found -> found.tableOid() == table)
                .ifPresent(found -> note(statements, index, table, found.oid()));
    }

    private void forget(Statements statements, QualifiedName index) {
        made.remove(index);
        statements.pen().makesNot(index.sql());
    }

    private void noteBuilding(Statements statements, QualifiedName index, long table) {
        Made known = made.get(index);
        if (known == null || known.oid().isPresent()) {
            return;
        }
        try {
            statements
                    .watch()
                    .query(BEING_BUILT, row -> row.getLong(1), statements.backendPid())
                    .forEach(oid -> note(statements, index, table, oid));
        } catch (HowdahException unseen) {
            // The next look tries again; the build goes on either way.
            statements.listener().waiting("the build of %s is not seen".formatted(index));
        }
    }

    private void note(Statements statements, QualifiedName index, long table, long oid) {
        Made known = new Made(table, OptionalLong.of(oid));
        if (!known.equals(made.put(index, known))) {
            statements.pen().made(index.sql(), oid);
        }
    }

    /** What is left of them, in one sentence; empty where nothing is. */
    Optional<String> remove(Statements statements) {
        List<String> left = new ArrayList<>();
        made.forEach((index, mine) -> {
            if (isThere(statements.watch(), index, mine)) {
                IndexRemoval.remove(statements, index).ifPresent(left::add);
            }
        });
        return left.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", left));
    }

    private static boolean isThere(Session session, QualifiedName index, Made mine) {
        return IndexState.find(session, index).filter(mine::is).isPresent();
    }
}
