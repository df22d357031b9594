package org.howdah.check;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.TableWorkFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.DropIndex;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/**
 * Indexes that no query may use: left behind by a concurrent build that failed or was canceled, or
 * partitioned ones that some partition lacks. One that is still being built is invalid too, and is
 * left alone.
 */
final class InvalidIndexCheck implements Check {
    /** What REINDEX CONCURRENTLY calls the new and the old index while both exist. */
    private static final Pattern LEFT_BY_REINDEX = Pattern.compile(".*_cc(new|old)\\d*");

    @Override
    public String id() {
        return "invalid-index";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        return Outcome.of(
                database.indexes(),
                database.tableWork(),
                (indexes, work) ->
                        indexes.stream()
                                .filter(index -> !index.valid())
                                .filter(index -> !beingBuilt(index, work))
                                .flatMap(index -> finding(database, index))
                                .toList());
    }

    /** Where the role may not see what a session builds, any work on the table counts. */
    private static boolean beingBuilt(IndexFact index, List<TableWorkFact> work) {
        return work.stream()
                .filter(session -> session.table() == index.table() && !session.vacuum())
                .anyMatch(session ->
                        session.index().isEmpty()
                                || session.index().getAsLong() == index.oid()
                                || LEFT_BY_REINDEX.matcher(index.name()).matches());
    }

    private Stream<Finding> finding(DatabaseFacts database, IndexFact index) {
        if (index.partitioned()) {
            return index.parent().isPresent()
                    ? Stream.empty()
                    : Stream.of(partitionedFinding(database, index));
        }
        if (index.locked()) {
            return Stream.empty();
        }
        boolean reindexed = LEFT_BY_REINDEX.matcher(index.name()).matches();
        Finding finding =
                Finding.of(
                        id(),
                        Severity.WARNING,
                        Subject.index(database.name(), index.qualifiedName()),
                        "Index %s on %s (%s) is invalid: %s."
                                .formatted(
                                        index.qualifiedName(),
                                        index.tableName(),
                                        Units.bytes(index.bytes()),
                                        reindexed
                                                ? "REINDEX CONCURRENTLY left it behind"
                                                : "its concurrent build failed or was canceled"),
                        index.ready()
                                ? "No query may use it, yet every write has to keep it up; a unique one may also refuse writes."
                                : "No query may use it, and its name is taken.",
                        List.of(Measure.of("index size", index.bytes(), Quantity.BYTES)));
        return Stream.of(
                IndexDrop.of(database, index, DropIndex.Reason.INVALID)
                        .map(finding::with)
                        .orElse(finding));
    }

    private Finding partitionedFinding(DatabaseFacts database, IndexFact index) {
        return Finding.of(
                        id(),
                        Severity.WARNING,
                        Subject.index(database.name(), index.qualifiedName()),
                        "The partitioned index %s on %s is invalid: not every partition has its part of it."
                                .formatted(index.qualifiedName(), index.tableName()),
                        "Queries on the partitions without it read them whole, and a unique one enforces nothing.",
                        List.of())
                .with(
                        new ByHand(
                                Subject.index(database.name(), index.qualifiedName()),
                                "Create the index on each partition that lacks it and attach it; the last one makes the whole valid.",
                                List.of(
                                        "CREATE INDEX CONCURRENTLY ... ON <partition> ...",
                                        "ALTER INDEX "
                                                + index.qualifiedName().sql()
                                                + " ATTACH PARTITION <index of the partition>")));
    }
}
