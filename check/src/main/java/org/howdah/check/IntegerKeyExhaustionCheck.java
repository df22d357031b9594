package org.howdah.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.IntegerKeyFact;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.SequenceFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/**
 * Unique columns of two or four bytes whose values come near the end of their type, whoever gives
 * the numbers. Those that a sequence of this database feeds are that check's.
 */
final class IntegerKeyExhaustionCheck implements Check {
    private record Column(long relation, String name) {}

    @Override
    public String id() {
        return "integer-key-exhaustion";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        Set<Column> fed =
                database.sequences().orNone().stream()
                        .filter(sequence -> sequence.lastValue().isPresent())
                        .filter(sequence -> sequence.column().isPresent())
                        .map(IntegerKeyExhaustionCheck::column)
                        .collect(Collectors.toSet());
        return Outcome.with(
                database.integerKeys(),
                all -> {
                    List<IntegerKeyFact> keys =
                            all.stream()
                                    .filter(key ->
                                            !fed.contains(new Column(key.relation(), key.column())))
                                    .toList();
                    long unreadable = keys.stream().filter(key -> !key.readable()).count();
                    return RightToRead.outcome(
                            keys.stream()
                                    .filter(key -> used(key) >= Exhaustion.NEAR)
                                    .map(key -> finding(database.name(), key))
                                    .toList(),
                            "the statistics of key columns",
                            keys.size() - unreadable,
                            unreadable);
                });
    }

    private static Column column(SequenceFact sequence) {
        return new Column(sequence.table().orElse(0), sequence.column().orElse(""));
    }

    private static double used(IntegerKeyFact key) {
        return (double) key.largestSeen().orElse(0) / key.maximum();
    }

    private Finding finding(String database, IntegerKeyFact key) {
        Subject subject =
                new Subject(
                        Subject.Kind.COLUMN, database, key.qualifiedName() + "." + key.column());
        return Finding.of(
                        id(),
                        Exhaustion.severity(used(key)),
                        subject,
                        "The key %s (%s) had come to %s at the last analyze, %s of what its type holds."
                                .formatted(
                                        subject.name(),
                                        key.type(),
                                        Units.exact(key.largestSeen().orElse(0)),
                                        Units.percent(used(key))),
                        "Beyond the end of its type every insert fails, and widening the type of a large table takes long.",
                        List.of(
                                Measure.against("used", used(key), Quantity.RATIO, Exhaustion.NEAR),
                                Measure.of(
                                        "largest value seen",
                                        key.largestSeen().orElse(0),
                                        Quantity.COUNT)))
                .with(
                        new ByHand(
                                subject,
                                "Make the column, and those that refer to it, a bigint. ALTER COLUMN ... TYPE rewrites the table under a lock against everything; a large one wants a second column, back-filled in batches, and a swap of names.",
                                List.of(
                                        "ALTER TABLE %s ALTER COLUMN %s TYPE bigint"
                                                .formatted(
                                                        key.qualifiedName().sql(),
                                                        QualifiedName.quote(key.column())))));
    }
}
