package org.howdah.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.DropIndex;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Indexes that no query on any node has used. */
final class UnusedIndexCheck implements Check {
    /** A week has every weekday's work in it; a month's end it may still miss, which is said. */
    static final Duration OBSERVED_LONG_ENOUGH = Duration.ofDays(7);

    /** Smaller ones cost next to nothing. */
    static final long LEAST_BYTES = 128 * 1024;

    private final Duration longEnough;

    UnusedIndexCheck() {
        this(OBSERVED_LONG_ENOUGH);
    }

    UnusedIndexCheck(Duration longEnough) {
        this.longEnough = longEnough;
    }

    @Override
    public String id() {
        return "unused-index";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return IndexUsage.gap(facts)
                .orElseGet(() ->
                        Outcome.of(
                                facts.main().database().indexes(),
                                indexes -> findings(facts, indexes)));
    }

    private List<Finding> findings(ClusterFacts facts, List<IndexFact> indexes) {
        IndexUsage usage = IndexUsage.of(facts);
        DatabaseFacts database = facts.main().database();
        Map<Long, RelationFact> relations = database.relationsByOid();
        Map<Long, Set<String>> needed = StandIn.needed(facts);
        return indexes.stream()
                .filter(index -> index.parent().isEmpty() && index.valid())
                .filter(index -> !index.enforces() && !index.replicaIdentity())
                .filter(index -> usage.scansOf(index) == 0)
                .filter(index -> usage.bytesOf(index) >= LEAST_BYTES)
                .flatMap(index ->
                        Optional.ofNullable(relations.get(index.table()))
                                .filter(table -> !table.extensionMember())
                                .map(table ->
                                        finding(
                                                facts,
                                                usage,
                                                index,
                                                table,
                                                needed.getOrDefault(index.oid(), Set.of())))
                                .stream())
                .toList();
    }

    private Finding finding(
            ClusterFacts facts,
            IndexUsage usage,
            IndexFact index,
            RelationFact table,
            Set<String> standsInFor) {
        DatabaseFacts database = facts.main().database();
        Duration observed = observed(facts, usage, index);
        boolean young = observed.compareTo(longEnough) < 0;
        String since = "in " + Units.duration(observed);
        Finding finding =
                Finding.of(
                        id(),
                        young ? Severity.NOTICE : Severity.WARNING,
                        Subject.index(database.name(), index.qualifiedName()),
                        "Index %s on %s (%s) was not used once %s, on %s."
                                .formatted(
                                        index.qualifiedName(),
                                        index.tableName(),
                                        Units.bytes(usage.bytesOf(index)),
                                        since,
                                        nodes(facts)),
                        "Every insert and most updates have to write it, VACUUM has to read it, and it keeps updates from staying on their page."
                                + (young
                                        ? " Index or counters are too young to drop it: wait until they have seen a week."
                                        : "")
                                + (standsInFor.isEmpty()
                                        ? ""
                                        : " It stays for now: it does the work of %s, to be dropped first."
                                                .formatted(String.join(", ", standsInFor))),
                        List.of(
                                Measure.of("scans on all nodes", 0, Quantity.COUNT),
                                Measure.of("index size", usage.bytesOf(index), Quantity.BYTES),
                                Measure.of("rows written", table.tuplesWritten(), Quantity.COUNT)));
        Optional<Remedy> drop = IndexDrop.of(database, index, DropIndex.Reason.UNUSED);
        return young || !standsInFor.isEmpty() ? finding : drop.map(finding::with).orElse(finding);
    }

    /** How long the counters have seen the index, at least. */
    private static Duration observed(ClusterFacts facts, IndexUsage usage, IndexFact index) {
        Duration counted = usage.observed().orElse(Duration.ZERO);
        return IndexAge.of(facts.main(), index, counted)
                .filter(age -> age.compareTo(counted) < 0)
                .orElse(counted);
    }

    private static String nodes(ClusterFacts facts) {
        int readers = facts.readers().size();
        return switch (readers) {
            case 0 -> "the only node";
            case 1 -> "both nodes";
            default -> "all " + (readers + 1) + " nodes";
        };
    }
}
