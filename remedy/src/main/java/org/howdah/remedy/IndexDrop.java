package org.howdah.remedy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.remedy.Statements.TableLock;

/**
 * Drops an index, after one more look whether it still may go. A partitioned index cannot be
 * dropped concurrently: it is dropped in a moment in which nobody uses the table.
 */
final class IndexDrop implements Procedure {
    /** An index that was used this recently is in use, whatever the finding said. */
    private static final Duration LATELY = Duration.ofDays(1);

    private final DropIndex remedy;
    private boolean begun;

    IndexDrop(DropIndex remedy) {
        this.remedy = remedy;
    }

    @Override
    public Optional<String> objection(Session session) {
        QualifiedName index = remedy.index();
        Optional<IndexState> found = IndexState.find(session, index);
        if (found.isEmpty()) {
            return Optional.of("the index " + index + " does not exist any more");
        }
        IndexState state = found.get();
        if (state.constraint().isPresent()) {
            return Optional.of(
                    "the index %s backs the constraint %s"
                            .formatted(index, state.constraint().get()));
        }
        if (state.replicaIdentity()) {
            return Optional.of("the index " + index + " is the replica identity of its table");
        }
        if (state.attached()) {
            return Optional.of("the index " + index + " belongs to a partitioned index");
        }
        if (index.schema().equals("pg_catalog")) {
            return Optional.of("the index " + index + " belongs to the system catalog");
        }
        if (state.partitioned()) {
            Optional<String> whole = PartitionedDrop.objection(session, state.oid());
            if (whole.isPresent()) {
                return whole;
            }
        }
        return byReason(session, state);
    }

    private Optional<String> byReason(Session session, IndexState state) {
        return switch (remedy.reason()) {
            case UNUSED -> used(session, state);
            case DUPLICATE, REDUNDANT ->
                    IndexTwin.of(session, state.oid()).isPresent()
                            ? Optional.empty()
                            : Optional.of(
                                    "no other valid index of its table stands in for "
                                            + remedy.index());
            case INVALID -> {
                if (state.valid()) {
                    yield Optional.of("the index " + remedy.index() + " is valid by now");
                }
                yield state.partitioned()
                        ? Optional.of(
                                "the index %s only lacks some of its partitions"
                                        .formatted(remedy.index()))
                        : Optional.empty();
            }
            case UNPROVEN -> Optional.empty();
        };
    }

    private Optional<String> used(Session session, IndexState state) {
        boolean lately = state.usedSeconds().map(s -> s < LATELY.toSeconds()).orElse(true);
        if (state.scans() > 0 && lately) {
            return Optional.of(
                    "the index %s has been used %d times by now"
                            .formatted(remedy.index(), state.scans()));
        }
        return IndexTwin.onlySupportOf(session, state.oid())
                .map(key ->
                        "the index %s is the only one under the foreign key %s"
                                .formatted(remedy.index(), key));
    }

    @Override
    public List<String> undo(Session session) {
        return remedy.reason().isLeftover()
                ? List.of()
                : IndexRecreation.statements(session, remedy.index());
    }

    @Override
    public Effect run(Statements statements) {
        IndexState state =
                IndexState.find(statements.watch(), remedy.index())
                        .orElseThrow(() ->
                                new RemedyEnded(RemedyState.REFUSED, "the index is gone already"));
        if (state.partitioned()) {
            statements.brief(
                    "DROP INDEX " + remedy.index().sql(),
                    Optional.of(new TableLock(state.table(), LockMode.ACCESS_EXCLUSIVE)));
            return Effect.done();
        }
        TableFact.find(statements.watch(), state.tableOid())
                .ifPresent(table -> ConcurrentBuild.awaitTable(statements, table.qualifiedName()));
        lookAgain(statements.watch(), state);
        statements
                .pen()
                .makes(new MadeName(remedy.index().sql(), OptionalLong.of(state.oid())).toString());
        begun = true;
        remedy.statements().forEach(statements::watched);
        return Effect.done();
    }

    /** The wait for the table may have been long. */
    private void lookAgain(Session session, IndexState before) {
        boolean another =
                IndexState.find(session, remedy.index())
                        .filter(now -> now.oid() == before.oid())
                        .isEmpty();
        Optional<String> objection =
                another
                        ? Optional.of("the index " + remedy.index() + " is another by now")
                        : objection(session);
        objection.ifPresent(why -> {
            throw new RemedyEnded(RemedyState.REFUSED, why);
        });
    }

    /** A drop that was cancelled half way leaves an index that nobody can use: it goes entirely. */
    @Override
    public Optional<String> clean(Statements statements) {
        if (!begun) {
            return Optional.empty();
        }
        List<String> left = new ArrayList<>();
        IndexState.find(statements.watch(), remedy.index())
                .filter(state -> !state.valid() && !state.partitioned())
                .flatMap(_ -> IndexRemoval.remove(statements, remedy.index()))
                .ifPresent(left::add);
        return left.isEmpty() ? Optional.empty() : Optional.of(left.getFirst());
    }
}
