package org.howdah.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFact;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.RelationFact;
import org.howdah.postgres.SequenceFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Sequences that will soon have no number left that their column can hold. */
final class SequenceExhaustionCheck implements Check {
    @Override
    public String id() {
        return "sequence-exhaustion";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        return Outcome.with(
                database.sequences(),
                sequences -> {
                    long unreadable = sequences.stream().filter(one -> !one.readable()).count();
                    return RightToRead.outcome(
                            findings(database, sequences),
                            "sequences",
                            sequences.size() - unreadable,
                            unreadable);
                });
    }

    private List<Finding> findings(DatabaseFacts database, List<SequenceFact> sequences) {
        Map<Long, RelationFact> relations = database.relationsByOid();
        List<Finding> findings = new ArrayList<>();
        for (SequenceFact sequence : sequences) {
            if (sequence.lastValue().isEmpty() || sequence.cycles() || sequence.increment() < 0) {
                continue;
            }
            double used = used(sequence);
            if (used >= Exhaustion.NEAR) {
                Optional<RelationFact> table =
                        Optional.ofNullable(relations.get(sequence.table().orElse(0)));
                findings.add(finding(database, sequence, used, table));
            }
        }
        return findings;
    }

    static double used(SequenceFact sequence) {
        double from = Math.min(sequence.minimum(), 1);
        return (sequence.lastValue().orElse(0) - from) / (sequence.limit() - from);
    }

    private Finding finding(
            DatabaseFacts database,
            SequenceFact sequence,
            double used,
            Optional<RelationFact> table) {
        double left = (double) sequence.limit() - sequence.lastValue().orElse(0);
        double perSecond = table.map(fed -> rate(database, fed)).orElse(0.0);
        boolean columnIsSmaller =
                sequence.columnMaximum().orElse(Long.MAX_VALUE) < sequence.maximum();
        String fed =
                sequence.column()
                        .map(column ->
                                " for %s.%s.%s (%s)"
                                        .formatted(
                                                sequence.tableSchema().orElse(""),
                                                sequence.tableName().orElse(""),
                                                column,
                                                sequence.columnType().orElse("")))
                        .orElse("");
        return Finding.of(
                        id(),
                        Exhaustion.severity(used),
                        new Subject(
                                Subject.Kind.SEQUENCE,
                                database.name(),
                                sequence.qualifiedName().toString()),
                        "Sequence %s%s has used %s of its numbers; %s are left%s."
                                .formatted(
                                        sequence.qualifiedName(),
                                        fed,
                                        Units.percent(used),
                                        Units.count(left),
                                        perSecond > 0
                                                ? ", enough for some "
                                                        + Units.seconds(left / perSecond)
                                                : ""),
                        columnIsSmaller
                                ? "The column's type ends before the sequence does: every insert will then fail."
                                : "When it has none left, every insert that asks for one fails.",
                        List.of(
                                Measure.against("used", used, Quantity.RATIO, Exhaustion.NEAR),
                                Measure.of("left", left, Quantity.COUNT),
                                Measure.of("rows inserted", perSecond, Quantity.PER_SECOND)))
                .with(
                        new Picture.Share(
                                "Numbers of " + sequence.qualifiedName(),
                                Quantity.COUNT,
                                List.of(
                                        new Picture.Part("used", sequence.lastValue().orElse(0)),
                                        new Picture.Part("left", left))))
                .with(byHand(database.name(), sequence));
    }

    /** Since the counters began, or at the least since the server started. */
    private static double rate(DatabaseFacts database, RelationFact table) {
        return database.database().orNone().stream()
                .mapToDouble((DatabaseFact known) -> {
                    Instant began = known.statsReset().orElse(known.serverStarted());
                    long seconds = Math.max(60, Duration.between(began, known.now()).toSeconds());
                    return (double) table.tuplesInserted() / seconds;
                })
                .findFirst()
                .orElse(0);
    }

    private static ByHand byHand(String database, SequenceFact sequence) {
        Subject subject =
                new Subject(Subject.Kind.SEQUENCE, database, sequence.qualifiedName().toString());
        if (sequence.column().isEmpty() || sequence.columnMaximum().isEmpty()) {
            return new ByHand(
                    subject,
                    "Raise its maximum.",
                    List.of(
                            "ALTER SEQUENCE "
                                    + sequence.qualifiedName().sql()
                                    + " AS bigint NO MAXVALUE"));
        }
        String table =
                new QualifiedName(
                                sequence.tableSchema().orElse(""), sequence.tableName().orElse(""))
                        .sql();
        return new ByHand(
                subject,
                "Make the column a bigint. ALTER COLUMN ... TYPE rewrites the table under a lock against everything; a large one wants a second bigint column that a trigger fills, back-filled in batches, and a swap of names.",
                List.of(
                        "ALTER SEQUENCE "
                                + sequence.qualifiedName().sql()
                                + " AS bigint NO MAXVALUE",
                        "ALTER TABLE %s ALTER COLUMN %s TYPE bigint"
                                .formatted(
                                        table, QualifiedName.quote(sequence.column().orElse("")))));
    }
}
