package org.howdah.remedy;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;

/**
 * A change to make and all that has to be known around it.
 *
 * @param relation the table or index that it concerns, to find the table by
 * @param stateQuery what an undo will compare
 */
record Job(
        Journal.Proposal proposal,
        Procedure procedure,
        GuardScene.Work work,
        Optional<QualifiedName> relation,
        Optional<String> stateQuery) {
    static Job of(String cluster, PlannedRemedy planned, String allowedBy) {
        Remedy remedy = planned.remedy();
        List<Finding> findings = planned.findings();
        Journal.Proposal proposal =
                new Journal.Proposal(
                        cluster,
                        remedy.kind(),
                        remedy.subject(),
                        remedy.lock().mode(),
                        remedy.aim(),
                        findings.isEmpty() ? "" : findings.getFirst().check(),
                        findings.isEmpty() ? "" : findings.getFirst().summary(),
                        allowedBy,
                        OptionalLong.empty());
        return new Job(
                proposal,
                Procedure.of(remedy),
                GuardScene.Work.of(remedy),
                relation(remedy),
                ObjectState.query(remedy));
    }

    private static Optional<QualifiedName> relation(Remedy remedy) {
        return switch (remedy) {
            case Vacuum vacuum -> Optional.of(vacuum.table());
            case Analyze analyze -> Optional.of(analyze.table());
            case SetTableOptions options -> Optional.of(options.table());
            case CreateIndex create -> Optional.of(create.table());
            case DropIndex drop -> Optional.of(drop.index());
            case Reindex reindex -> Optional.of(reindex.index());
            case SetSetting _, ByHand _ -> Optional.empty();
        };
    }

    /** The table that a relation is or belongs to, as it is now. */
    static Optional<TableFact> table(Session session, Optional<QualifiedName> relation) {
        return relation.flatMap(name -> TableFact.find(session, name))
                .flatMap(found ->
                        found.isIndex()
                                ? TableFact.find(session, found.indexedTable())
                                : Optional.of(found));
    }

    static GuardScene scene(Session session, Remedy remedy, Clock clock) {
        return scene(
                session, GuardScene.Work.of(remedy), table(session, relation(remedy)), 0, clock);
    }

    static GuardScene scene(
            Session session,
            GuardScene.Work work,
            Optional<TableFact> table,
            int ownPid,
            Clock clock) {
        OptionalLong oid =
                table.map(found -> OptionalLong.of(found.oid())).orElse(OptionalLong.empty());
        return new GuardScene(session, work, oid, ownPid, clock);
    }

    /** What two runners must not change at the same time. */
    String lockName(Optional<TableFact> table) {
        return table.map(found -> "table " + found.oid())
                .orElseGet(() -> proposal.kind() + " " + proposal.subject().name());
    }
}
