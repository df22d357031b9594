package org.howdah.remedy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.remedy.Statements.TableLock;
import org.howdah.report.Quantity;

/**
 * Builds an index without blocking writes and keeps it only when a plan uses it. A partitioned
 * table cannot be indexed concurrently: the index is made ON ONLY the parent, which is a matter of
 * a moment, then concurrently on each partition, and each is attached; with the last one the
 * parent's becomes valid.
 *
 * <p>https://www.postgresql.org/docs/current/ddl-partitioning.html
 */
final class IndexCreation implements Procedure {
    private final CreateIndex remedy;
    private final QualifiedName name;
    private final MadeIndexes made = new MadeIndexes();

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
        build(statements, table, name);
        IndexState state = built(statements.watch());
        if (remedy.proof().isEmpty()) {
            return Effect.done();
        }
        if (state.expression()) {
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

    private void build(Statements statements, TableFact table, QualifiedName index) {
        if (table.isPartitioned()) {
            buildPartitioned(statements, table, index);
            return;
        }
        // Whoever holds the table for long is noticed here, in attempts of at most a second.
        ConcurrentBuild.awaitTable(statements, table.qualifiedName());
        made.concurrently(
                statements,
                index,
                table.oid(),
                RemedySql.createConcurrently(remedy, index, table.qualifiedName()));
    }

    private void buildPartitioned(Statements statements, TableFact table, QualifiedName index) {
        made.atOnce(
                statements,
                index,
                table.oid(),
                RemedySql.createOnOnly(remedy, index, table.qualifiedName()),
                Optional.of(new TableLock(table.qualifiedName().sql(), LockMode.SHARE)));
        // Partitions that are added meanwhile get their index from the server.
        for (TableFact partition : table.partitions(statements.watch())) {
            QualifiedName child = IndexNames.ofPartition(index.name(), partition.qualifiedName());
            if (hasOne(statements.watch(), index, partition)) {
                continue;
            }
            build(statements, partition, child);
            statements.brief(RemedySql.attach(index, child), Optional.empty());
        }
    }

    private static boolean hasOne(Session session, QualifiedName parent, TableFact partition) {
        return session.one(
                """
                SELECT EXISTS (SELECT FROM pg_catalog.pg_inherits h
                                 JOIN pg_catalog.pg_index i ON i.indexrelid = h.inhrelid
                                WHERE h.inhparent = pg_catalog.to_regclass(?) AND i.indrelid = ?::bigint::oid)
                """,
                row -> row.getBoolean(1),
                parent.sql(),
                partition.oid());
    }

    private IndexState built(Session session) {
        IndexState state =
                IndexState.find(session, name)
                        .orElseThrow(() ->
                                new RemedyEnded(
                                        RemedyState.FAILED,
                                        "somebody dropped " + name + " meanwhile"));
        if (!state.valid()) {
            throw new RemedyEnded(RemedyState.FAILED, "the index " + name + " is not valid");
        }
        return state;
    }

    private Effect prove(Statements statements) {
        PlanProof.Result result =
                PlanProof.of(statements.watch(), remedy.table(), name, remedy.proof());
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
        // The parent's index takes those with it that are attached already.
        return made.remove(statements);
    }
}
