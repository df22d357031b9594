package org.howdah.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Facts;
import org.howdah.postgres.ServerFacts;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** The oldest transaction that anybody may still see, and who that is. */
final class HorizonCheck implements Check {
    /** Busy tables then have many versions of each row; minutes to an hour on a busy server. */
    private static final long OLD = 1_000_000;

    private static final long VERY_OLD = 10_000_000;

    /**
     * The default of autovacuum_freeze_max_age: vacuums against wraparound run and free nothing.
     */
    private static final long DANGEROUS = 200_000_000;

    private static final int BARS = 10;

    private final long old;

    HorizonCheck() {
        this(OLD);
    }

    /**
     * @param old how many transactions behind the horizon may be
     */
    HorizonCheck(long old) {
        this.old = old;
    }

    @Override
    public String id() {
        return "horizon";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        ServerFacts server = facts.main().server();
        Optional<Finding> found = judge(HorizonHolder.of(facts));
        List<Outcome.NotChecked> gaps =
                Stream.of(server.activity(), server.replicas(), server.slots())
                        .filter(Facts.Unknown.class::isInstance)
                        .map(unknown -> gap((Facts.Unknown<?>) unknown))
                        .distinct()
                        .toList();
        return found.isEmpty() && !gaps.isEmpty()
                ? gaps.getFirst()
                : new Outcome.Checked(found.stream().toList(), gaps);
    }

    private static Outcome.NotChecked gap(Facts.Unknown<?> unknown) {
        return new Outcome.NotChecked(unknown.reason(), unknown.grant());
    }

    // https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY
    private Optional<Finding> judge(List<HorizonHolder> holders) {
        if (holders.isEmpty() || holders.getFirst().age() < old) {
            return Optional.empty();
        }
        HorizonHolder oldest = holders.getFirst();
        return Optional.of(
                Finding.of(
                                id(),
                                severity(oldest.age()),
                                oldest.subject(),
                                "Rows that died %s transactions ago may not be removed: %s holds them"
                                        .formatted(Units.count(oldest.age()), oldest.name()),
                                "Vacuum reads the tables and removes nothing; they grow, scans slow"
                                        + " down, and transaction numbers cannot be frozen.",
                                List.of(
                                        Measure.against(
                                                "age of the horizon",
                                                oldest.age(),
                                                Quantity.COUNT,
                                                old),
                                        Measure.of("holders", holders.size(), Quantity.COUNT)))
                        .with(
                                new ByHand(
                                        oldest.subject(),
                                        oldest.advice(),
                                        oldest.statement().stream().toList()))
                        .with(picture(holders)));
    }

    private static Severity severity(long age) {
        if (age >= DANGEROUS) {
            return Severity.CRITICAL;
        }
        return age >= VERY_OLD ? Severity.WARNING : Severity.NOTICE;
    }

    private static Picture picture(List<HorizonHolder> holders) {
        return new Picture.Ranking(
                "Who holds the horizon, in transactions",
                Quantity.COUNT,
                holders.stream()
                        .limit(BARS)
                        .map(holder -> new Picture.Part(holder.subject().name(), holder.age()))
                        .toList());
    }
}
