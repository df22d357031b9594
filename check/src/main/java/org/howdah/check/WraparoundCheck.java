package org.howdah.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.DatabaseStateFact;
import org.howdah.postgres.Rate;
import org.howdah.postgres.ServerRates;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/**
 * How near databases are to the end of transaction or multixact numbers, and how fast they go
 * there.
 */
final class WraparoundCheck implements Check {
    /**
     * The server refuses to give out numbers this many before the end.
     *
     * <p>https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-WRAPAROUND
     */
    private static final long LAST_NUMBERS = 3_000_000;

    private static final long NUMBERS = (1L << 31) - LAST_NUMBERS;

    /** Autovacuum should have frozen long before: its default is a tenth of the numbers. */
    private static final double WARNING_SHARE = 0.40;

    private static final double CRITICAL_SHARE = 0.60;
    private static final Duration SOON = Duration.ofDays(7);
    private static final Duration VERY_SOON = Duration.ofDays(2);

    private final String id;
    private final String numbers;
    private final String freezeSetting;
    private final ToLongFunction<DatabaseStateFact> age;
    private final Function<ServerRates, Optional<Rate>> rate;

    private WraparoundCheck(
            String id,
            String numbers,
            String freezeSetting,
            ToLongFunction<DatabaseStateFact> age,
            Function<ServerRates, Optional<Rate>> rate) {
        this.id = id;
        this.numbers = numbers;
        this.freezeSetting = freezeSetting;
        this.age = age;
        this.rate = rate;
    }

    static WraparoundCheck ofTransactions() {
        return new WraparoundCheck(
                "wraparound-transactions",
                "transaction",
                "autovacuum_freeze_max_age",
                DatabaseStateFact::xidAge,
                ServerRates::transactions);
    }

    static WraparoundCheck ofMultixacts() {
        return new WraparoundCheck(
                "wraparound-multixacts",
                "multixact",
                "autovacuum_multixact_freeze_max_age",
                DatabaseStateFact::multixactAge,
                ServerRates::multixacts);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        Catalog main = facts.main();
        return Outcome.of(
                main.server().databases(),
                databases ->
                        databases.stream()
                                .sorted(Comparator.comparingLong(age).reversed())
                                .flatMap(database -> judge(main, database, databases).stream())
                                .toList());
    }

    private Optional<Finding> judge(
            Catalog node, DatabaseStateFact database, List<DatabaseStateFact> all) {
        long old = age.applyAsLong(database);
        double share = old / (double) NUMBERS;
        Optional<Duration> left = forecast(node, old);
        Optional<Severity> severity = severity(share, left);
        return severity.map(how -> finding(node, database, how, left).with(picture(all)));
    }

    private static Optional<Severity> severity(double share, Optional<Duration> left) {
        boolean critical =
                share >= CRITICAL_SHARE
                        || left.map(time -> time.compareTo(VERY_SOON) < 0).orElse(false);
        boolean warning =
                share >= WARNING_SHARE || left.map(time -> time.compareTo(SOON) < 0).orElse(false);
        if (critical) {
            return Optional.of(Severity.CRITICAL);
        }
        return warning ? Optional.of(Severity.WARNING) : Optional.empty();
    }

    /**
     * Until the numbers end at the present rate. Before autovacuum is due the age says nothing: it
     * will go down by itself.
     */
    private Optional<Duration> forecast(Catalog node, long old) {
        double due =
                ServerSettings.of(node)
                        .map(settings -> settings.number(freezeSetting))
                        .orElse((double) NUMBERS);
        return rate.apply(node.server().rates())
                .filter(_ -> old > due)
                .filter(now -> now.perSecond() > 0)
                .map(now -> Duration.ofSeconds((long) ((NUMBERS - old) / now.perSecond())));
    }

    private Finding finding(
            Catalog node, DatabaseStateFact database, Severity severity, Optional<Duration> left) {
        long old = age.applyAsLong(database);
        double share = old / (double) NUMBERS;
        String pace =
                rate.apply(node.server().rates())
                        .map(now ->
                                "; %s numbers a second are used (%s)"
                                        .formatted(Units.count(now.perSecond()), now.describe()))
                        .orElse("");
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.against("of all numbers", share, Quantity.RATIO, WARNING_SHARE));
        measures.add(Measure.of("age", old, Quantity.COUNT));
        rate.apply(node.server().rates())
                .ifPresent(now ->
                        measures.add(Measure.of("used", now.perSecond(), Quantity.PER_SECOND)));
        left.ifPresent(time ->
                measures.add(
                        Measure.against(
                                "left at this rate",
                                time.toSeconds(),
                                Quantity.SECONDS,
                                SOON.toSeconds())));
        Subject subject = new Subject(Subject.Kind.DATABASE, database.name(), database.name());
        return Finding.of(
                        id,
                        severity,
                        subject,
                        "%s has used %s of its %s numbers%s%s"
                                .formatted(
                                        database.name(),
                                        Units.percent(share),
                                        numbers,
                                        pace,
                                        left.map(time -> ", " + Units.duration(time) + " are left")
                                                .orElse("")),
                        "When they end, the server accepts no writes until the oldest tables have been"
                                + " vacuumed, which takes hours on large ones.",
                        measures)
                .with(
                        new ByHand(
                                subject,
                                "Free the horizon if something holds it, then vacuum the tables with"
                                        + " the oldest numbers (check table-age names them)",
                                List.of("VACUUM (FREEZE)")));
    }

    private Picture picture(List<DatabaseStateFact> databases) {
        return new Picture.Ranking(
                "Age of " + numbers + " numbers",
                Quantity.COUNT,
                databases.stream()
                        .map(database ->
                                new Picture.Part(database.name(), age.applyAsLong(database)))
                        .toList());
    }
}
