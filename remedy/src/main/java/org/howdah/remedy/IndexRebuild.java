package org.howdah.remedy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;

/**
 * REINDEX INDEX CONCURRENTLY; of a partitioned index, the server rebuilds each partition's.
 *
 * <p>https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY
 */
final class IndexRebuild implements Procedure {
    private final Reindex remedy;
    private Set<QualifiedName> leftBefore = Set.of();
    private long table;

    IndexRebuild(Reindex remedy) {
        this.remedy = remedy;
    }

    @Override
    public Optional<String> objection(Session session) {
        Optional<IndexState> found = IndexState.find(session, remedy.index());
        if (found.isEmpty()) {
            return Optional.of("the index " + remedy.index() + " does not exist any more");
        }
        if (found.get().exclusion()) {
            return Optional.of(
                    "the index %s backs an exclusion constraint and cannot be rebuilt concurrently"
                            .formatted(remedy.index()));
        }
        if (remedy.index().schema().equals("pg_catalog")) {
            return Optional.of(
                    "the index %s belongs to the system catalog and cannot be rebuilt concurrently"
                            .formatted(remedy.index()));
        }
        return ConcurrentBuild.objection(session.version());
    }

    @Override
    public List<String> undo(Session session) {
        return List.of();
    }

    @Override
    public Effect run(Statements statements) {
        table =
                IndexState.find(statements.watch(), remedy.index())
                        .map(IndexState::tableOid)
                        .orElse(0L);
        leftBefore = new HashSet<>(Leftovers.ofRebuilds(statements.watch(), table));
        TableFact.find(statements.watch(), table)
                .ifPresent(found -> ConcurrentBuild.awaitTable(statements, found.qualifiedName()));
        remedy.statements().forEach(statements::watched);
        return Effect.done();
    }

    @Override
    public Optional<String> clean(Statements statements) {
        List<String> left = new ArrayList<>();
        for (QualifiedName copy : Leftovers.ofRebuilds(statements.watch(), table)) {
            if (!leftBefore.contains(copy)) {
                IndexRemoval.remove(statements, copy).ifPresent(left::add);
            }
        }
        return left.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", left));
    }
}
