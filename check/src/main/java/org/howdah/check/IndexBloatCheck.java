package org.howdah.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Bloat;
import org.howdah.postgres.BloatEstimate;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.KeyWidthFact;
import org.howdah.postgres.RelationFact;
import org.howdah.postgres.ServerVersion;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Cost;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Reindex;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;

/** B-trees that would be less than half as large if they were built anew. */
final class IndexBloatCheck implements Check {
    /** A B-tree that is filled in random order is naturally a quarter free; this is past that. */
    static final double LARGE_SHARE = 0.50;

    /**
     * Concurrent builds of 14.0 to 14.3 may miss rows.
     * https://www.postgresql.org/docs/release/14.4/
     */
    private static final ServerVersion FIRST_SAFE_14 = new ServerVersion(140_004);

    @Override
    public String id() {
        return "index-bloat";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Writer.only(
                facts,
                database ->
                        Outcome.with(
                                database.indexes(),
                                indexes ->
                                        Outcome.with(
                                                database.keyWidths(),
                                                widths ->
                                                        judge(
                                                                database,
                                                                facts.main().version(),
                                                                indexes,
                                                                widths))));
    }

    private Outcome judge(
            DatabaseFacts database,
            ServerVersion version,
            List<IndexFact> indexes,
            List<KeyWidthFact> widths) {
        long readable = widths.stream().filter(KeyWidthFact::readable).count();
        return RightToRead.outcome(
                findings(database, version, indexes, widths),
                "the statistics of the columns of indexes of 1 MB and more",
                readable,
                widths.size() - readable);
    }

    private List<Finding> findings(
            DatabaseFacts database,
            ServerVersion version,
            List<IndexFact> indexes,
            List<KeyWidthFact> widths) {
        Map<Long, KeyWidthFact> widthOf =
                widths.stream().collect(Collectors.toMap(KeyWidthFact::index, Function.identity()));
        Map<Long, RelationFact> relations = database.relationsByOid();
        List<Finding> findings = new ArrayList<>();
        for (IndexFact index : indexes) {
            RelationFact table = relations.get(index.table());
            KeyWidthFact width = widthOf.get(index.oid());
            if (table == null || width == null || index.locked() || !index.valid()) {
                continue;
            }
            BloatEstimate.ofIndex(index, table, width)
                    .map(bloat -> bloated(database, index, bloat))
                    .filter(BloatFinding::matters)
                    .ifPresent(bloated ->
                            findings.add(
                                    finding(index, bloated)
                                            .with(
                                                    rebuild(
                                                            database,
                                                            version,
                                                            index,
                                                            table,
                                                            bloated.bloat()))));
        }
        return findings;
    }

    private static BloatFinding bloated(DatabaseFacts database, IndexFact index, Bloat bloat) {
        return new BloatFinding(
                Subject.index(database.name(), index.qualifiedName()),
                "index %s on %s".formatted(index.qualifiedName(), index.tableName()),
                "index",
                index.bytes(),
                bloat,
                LARGE_SHARE);
    }

    private Finding finding(IndexFact index, BloatFinding bloated) {
        long bloat = bloated.bloat().bytes();
        return bloated.of(
                id(),
                "Half-empty pages make range scans and caches carry more than they need; VACUUM frees only pages that are wholly empty.",
                Measure.of("scans", index.scans(), Quantity.COUNT),
                List.of(
                        new Picture.Part("entries", index.bytes() - bloat),
                        new Picture.Part("bloat", bloat)));
    }

    private static Remedy rebuild(
            DatabaseFacts database,
            ServerVersion version,
            IndexFact index,
            RelationFact table,
            Bloat bloat) {
        if (version.compareTo(FIRST_SAFE_14) < 0) {
            return new ByHand(
                    Subject.index(database.name(), index.qualifiedName()),
                    "Update the server first: concurrent builds before 14.4 may miss rows.",
                    List.of());
        }
        if (index.exclusion()) {
            return new ByHand(
                    Subject.index(database.name(), index.qualifiedName()),
                    "The index of an exclusion constraint cannot be rebuilt concurrently; this locks the table against writes.",
                    List.of("REINDEX INDEX " + index.qualifiedName().sql()));
        }
        long rebuilt = index.bytes() - bloat.bytes();
        return new Reindex(
                database.name(),
                index.qualifiedName(),
                new Cost(table.heapBytes(), rebuilt, rebuilt, rebuilt));
    }
}
