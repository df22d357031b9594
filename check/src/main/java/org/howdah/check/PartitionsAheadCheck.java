package org.howdah.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFact;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.PartitionBound;
import org.howdah.postgres.PartitionedTableFact;
import org.howdah.postgres.RelationFact;
import org.howdah.postgres.SequenceFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables partitioned by time or by number that have no partition for what comes next. */
final class PartitionsAheadCheck implements Check {
    /** Of the width of the last partition; one that is not there when it begins is too late. */
    static final double LEAST_AHEAD = 1.0;

    /** Of the numbers of the last partition, where the next begins with its last number. */
    static final double LEAST_NUMBERS_LEFT = 0.5;

    /** Nobody needs to hurry when the next partition is due later than this. */
    static final Duration FAR_AHEAD = Duration.ofDays(30);

    private record Bounds(RelationFact partition, double from, double to) {
        double width() {
            return to - from;
        }
    }

    @Override
    public String id() {
        return "partitions-missing-ahead";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        return Outcome.of(
                database.partitionedTables(),
                database.relations(),
                (tables, relations) -> {
                    Map<Long, List<RelationFact>> byParent =
                            relations.stream()
                                    .filter(RelationFact::isPartition)
                                    .collect(
                                            Collectors.groupingBy(
                                                    table -> table.parent().orElse(0)));
                    return tables.stream()
                            .filter(table -> byRange(table))
                            .flatMap(table ->
                                    judge(
                                            database,
                                            table,
                                            byParent.getOrDefault(table.oid(), List.of())))
                            .toList();
                });
    }

    private static boolean byRange(PartitionedTableFact table) {
        return table.strategy() == PartitionedTableFact.Strategy.RANGE
                && table.keys().size() == 1
                && (PartitionPosition.isTime(table.keyTypes().getFirst())
                        || PartitionPosition.isNumber(table.keyTypes().getFirst()));
    }

    private Stream<Finding> judge(
            DatabaseFacts database, PartitionedTableFact table, List<RelationFact> partitions) {
        String type = table.keyTypes().getFirst();
        List<Bounds> bounds =
                partitions.stream()
                        .flatMap(partition -> bounds(partition, type))
                        .sorted(Comparator.comparingDouble(Bounds::to))
                        .toList();
        boolean locked = partitions.stream().anyMatch(one -> one.bound().isEmpty());
        if (bounds.isEmpty() || locked || bounds.getLast().to() == Double.POSITIVE_INFINITY) {
            return Stream.empty();
        }
        return PartitionPosition.isTime(type)
                ? byTime(database, table, bounds)
                : byNumber(database, table, bounds);
    }

    /** A partition without an end has an infinite one. */
    private static Stream<Bounds> bounds(RelationFact partition, String type) {
        if (partition.bound().isEmpty()
                || !(PartitionBound.parse(partition.bound().get())
                        instanceof PartitionBound.Range range)) {
            return Stream.empty();
        }
        return Stream.of(
                new Bounds(
                        partition,
                        position(type, range.from().getFirst()),
                        position(type, range.to().getFirst())));
    }

    private static double position(String type, PartitionBound.End end) {
        return switch (end) {
            case PartitionBound.End.Minimum _ -> Double.NEGATIVE_INFINITY;
            case PartitionBound.End.Maximum _ -> Double.POSITIVE_INFINITY;
            case PartitionBound.End.Value value ->
                    PartitionPosition.of(type, value.text()).orElse(Double.POSITIVE_INFINITY);
        };
    }

    private Stream<Finding> byTime(
            DatabaseFacts database, PartitionedTableFact table, List<Bounds> bounds) {
        Optional<Instant> now =
                database.database().orNone().stream().map(DatabaseFact::now).findFirst();
        if (now.isEmpty() || !active(bounds)) {
            return Stream.empty();
        }
        Bounds last = bounds.getLast();
        double ahead = last.to() - now.get().getEpochSecond();
        boolean near = ahead < last.width() * LEAST_AHEAD && ahead < FAR_AHEAD.toSeconds();
        return near
                ? Stream.of(finding(database, table, last, OptionalDouble.of(ahead), ahead <= 0))
                : Stream.empty();
    }

    /** By the sequence that feeds the key, or else by how many rows the last partition has. */
    private Stream<Finding> byNumber(
            DatabaseFacts database, PartitionedTableFact table, List<Bounds> bounds) {
        Bounds last = bounds.getLast();
        Optional<SequenceFact> sequence =
                database.sequences().orNone().stream()
                        .filter(found -> found.table().orElse(0) == table.oid())
                        .filter(found ->
                                found.column().equals(Optional.of(table.keys().getFirst())))
                        .filter(found -> found.lastValue().isPresent())
                        .findFirst();
        if (sequence.isPresent()) {
            double at = sequence.get().lastValue().orElse(0);
            double left = last.to() - at;
            double perSecond = rate(database, bounds);
            double secondsLeft = perSecond > 0 ? left / perSecond : 0;
            return left >= last.width() * LEAST_NUMBERS_LEFT || secondsLeft > FAR_AHEAD.toSeconds()
                    ? Stream.empty()
                    : Stream.of(
                            finding(
                                    database,
                                    table,
                                    last,
                                    perSecond > 0
                                            ? OptionalDouble.of(secondsLeft)
                                            : OptionalDouble.empty(),
                                    left <= 0));
        }
        return last.partition().rows() > last.width() * (1 - LEAST_NUMBERS_LEFT)
                ? Stream.of(finding(database, table, last, OptionalDouble.empty(), false))
                : Stream.empty();
    }

    /** Whether rows come at all: a closed archive needs no new partitions. */
    private static boolean active(List<Bounds> bounds) {
        return bounds.stream()
                .skip(Math.max(0, bounds.size() - 3))
                .anyMatch(
                        one -> one.partition().tuplesInserted() > 0 || one.partition().rows() > 0);
    }

    private static double rate(DatabaseFacts database, List<Bounds> bounds) {
        double inserted =
                bounds.stream().mapToDouble(one -> one.partition().tuplesInserted()).sum();
        return database.database().orNone().stream()
                .mapToDouble(known ->
                        inserted
                                / Math.max(
                                        60,
                                        Duration.between(
                                                        known.statsReset()
                                                                .orElse(known.serverStarted()),
                                                        known.now())
                                                .toSeconds()))
                .findFirst()
                .orElse(0);
    }

    private Finding finding(
            DatabaseFacts database,
            PartitionedTableFact table,
            Bounds last,
            OptionalDouble secondsLeft,
            boolean over) {
        String when =
                over
                        ? "it has ended"
                        : secondsLeft.isPresent()
                                ? "it ends in " + Units.seconds(secondsLeft.getAsDouble())
                                : "rows have come to it";
        return Finding.of(
                        id(),
                        over ? Severity.CRITICAL : Severity.WARNING,
                        Subject.table(database.name(), table.qualifiedName()),
                        "%s has no partition after %s, and %s."
                                .formatted(table.qualifiedName(), last.partition().name(), when),
                        table.defaultPartition().isPresent()
                                ? "New rows then go to the default partition, from which they have to be moved before a partition for them can be attached."
                                : "New rows for which there is no partition are refused.",
                        List.of(
                                Measure.of("partitions", table.partitions(), Quantity.COUNT),
                                secondsLeft.isPresent()
                                        ? Measure.of(
                                                "time left",
                                                Math.max(0, secondsLeft.getAsDouble()),
                                                Quantity.SECONDS)
                                        : Measure.of(
                                                "rows in the last partition",
                                                last.partition().rows(),
                                                Quantity.COUNT)))
                .with(
                        new ByHand(
                                Subject.table(database.name(), table.qualifiedName()),
                                "Make the next partitions, and have that done regularly: create the table, then attach it, which takes no lock that stops reads or writes.",
                                List.of(
                                        "CREATE TABLE <partition> (LIKE %s INCLUDING ALL)"
                                                .formatted(table.qualifiedName().sql()),
                                        "ALTER TABLE %s ATTACH PARTITION <partition> FOR VALUES FROM (...) TO (...)"
                                                .formatted(table.qualifiedName().sql()))));
    }
}
