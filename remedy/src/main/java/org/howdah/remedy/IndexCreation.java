package org.howdah.remedy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.report.Quantity;

/**
 * Builds an index without blocking writes and keeps it only when a plan uses it. A partitioned
 * table cannot be indexed concurrently: the index is made ON ONLY the parent, which is a matter of
 * a moment, then concurrently on each partition, and each is attached; with the last one the
 * parent's becomes valid. A partition that has an equal index already lends that one.
 *
 * <p>https://www.postgresql.org/docs/current/ddl-partitioning.html
 */
final class IndexCreation implements Procedure {
    private final CreateIndex remedy;
    private final QualifiedName name;
    private final MadeIndexes made = new MadeIndexes();
    private final AdoptedIndexes adopted = new AdoptedIndexes();

    IndexCreation(CreateIndex remedy) {
        this.remedy = remedy;
        // An index lives in its table's schema, wherever the remedy thinks it does.
        this.name = new QualifiedName(remedy.table().schema(), remedy.index().name());
    }

    @Override
    public Optional<String> objection(Session session) {
        Optional<TableFact> table = TableFact.find(session, remedy.table());
        if (table.isEmpty()) {
            return Optional.of("the table " + remedy.table() + " does not exist any more");
        }
        if (TableFact.find(session, name).isPresent()) {
            return Optional.of("a relation " + name + " exists already");
        }
        return switch (table.get().kind()) {
            case "r", "m" -> oldServer(session);
            case "p" -> foreignPartition(session, table.get());
            default -> Optional.of(remedy.table() + " cannot have indexes of its own");
        };
    }

    private static Optional<String> oldServer(Session session) {
        return ConcurrentBuild.objection(session.version());
    }

    private static Optional<String> foreignPartition(Session session, TableFact table) {
        for (TableFact partition : table.partitions(session)) {
            if (partition.kind().equals("f")) {
                return Optional.of(
                        "its partition %s is a foreign table: the index would never become valid"
                                .formatted(partition.qualifiedName()));
            }
            if (partition.isPartitioned()) {
                Optional<String> below = foreignPartition(session, partition);
                if (below.isPresent()) {
                    return below;
                }
            }
        }
        return oldServer(session);
    }

    @Override
    public List<String> undo(Session session) {
        boolean partitioned =
                TableFact.find(session, remedy.table())
                        .filter(TableFact::isPartitioned)
                        .isPresent();
        return List.of(RemedySql.dropIndex(name, partitioned));
    }

    @Override
    public Effect run(Statements statements) {
        TableFact table = table(statements.watch(), remedy.table());
        new IndexBuild(remedy, made, adopted).build(statements, table, name);
        if (adopted.isEmpty()) {
            requireValid(statements.watch());
        }
        Effect effect = remedy.proof().isEmpty() ? Effect.done() : proven(statements);
        if (effect.state() != RemedyState.DONE || adopted.isEmpty()) {
            return effect;
        }
        adopted.attach(
                statements, IndexRecreation.releasing(statements.watch(), name, adopted.names()));
        requireValid(statements.watch());
        return new Effect(
                effect.state(),
                effect.reason().isEmpty()
                        ? adopted.sentence()
                        : effect.reason() + "; " + adopted.sentence(),
                effect.reading());
    }

    private Effect proven(Statements statements) {
        if (state(statements.watch()).expression()) {
            // The planner knows nothing of an expression before the first ANALYZE after.
            statements.watchedUnlessSkipped("ANALYZE (SKIP_LOCKED) " + remedy.table().sql());
        }
        return prove(statements);
    }

    private static TableFact table(Session session, QualifiedName name) {
        return TableFact.find(session, name)
                .orElseThrow(() ->
                        new RemedyEnded(
                                RemedyState.REFUSED,
                                "the table " + name + " does not exist any more"));
    }

    private IndexState state(Session session) {
        return IndexState.find(session, name)
                .orElseThrow(() ->
                        new RemedyEnded(
                                RemedyState.FAILED, "somebody dropped " + name + " meanwhile"));
    }

    private void requireValid(Session session) {
        if (!state(session).valid()) {
            throw new RemedyEnded(RemedyState.FAILED, "the index " + name + " is not valid");
        }
    }

    private Effect prove(Statements statements) {
        PlanProof.Result result =
                PlanProof.of(
                        statements.watch(), remedy.table(), name, adopted.names(), remedy.proof());
        if (result.best().isPresent()) {
            PlanProof.Use best = result.best().get();
            JournalEntry.Reading reading =
                    new JournalEntry.Reading(
                            "cost of statement " + best.proof().queryId(),
                            Quantity.COUNT,
                            OptionalDouble.of(best.proof().costBefore()),
                            OptionalDouble.of(best.cost()));
            return new Effect(RemedyState.DONE, result.sentence(), Optional.of(reading));
        }
        statements.clean();
        String left = clean(statements).map(rest -> "; " + rest).orElse("");
        return new Effect(
                RemedyState.NOT_PROVEN,
                result.sentence() + (left.isEmpty() ? "; it is dropped again" : left),
                Optional.empty());
    }

    @Override
    public Optional<String> clean(Statements statements) {
        if (adopted.isAttached(statements.watch())) {
            return Optional.of(
                    "the index %s stays, since it holds indexes that were there before"
                            .formatted(name));
        }
        // The parent's index takes those with it that are attached already.
        return made.remove(statements);
    }
}
