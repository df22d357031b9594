package org.howdah.check;

import static org.howdah.check.SettingUnits.GB;
import static org.howdah.check.SettingUnits.MB;
import static org.howdah.remedy.Severity.CRITICAL;
import static org.howdah.remedy.Severity.NOTICE;
import static org.howdah.remedy.Severity.WARNING;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseSizeFact;
import org.howdah.remedy.Finding;

/**
 * Autovacuum switched off, starved or slowed down for everybody.
 *
 * <p>https://www.postgresql.org/docs/current/runtime-config-vacuum.html
 */
final class SettingsAutovacuumCheck implements Check {
    private static final double FEWEST_WORKERS = 3;

    /** The default; 20 ms was the default until PostgreSQL 11. */
    private static final double LONGEST_DELAY_SECONDS = 0.002;

    private static final double SMALLEST_COST_LIMIT = 200;

    /** Of all databases together: here the default limit, shared by all workers, is too little. */
    private static final long LARGE = 100 * GB;

    private static final double LONGEST_NAP_SECONDS = 300;
    private static final double LARGEST_SCALE_FACTOR = 0.2;
    private static final long SMALLEST_MEMORY = 64 * MB;

    /** A few of them at once still leave most of the memory to others. */
    private static final long SHARE_OF_MEMORY = 16;

    /** Where the machine's memory is unknown. */
    private static final long MEMORY_OF_ANY_MACHINE = 256 * MB;

    /** Half of what there is: vacuums begin too late to end in time. */
    private static final double LATEST_FREEZE_AGE = 1e9;

    private static final List<SettingRule> RULES =
            List.of(
                    SettingRule.on(
                            CRITICAL,
                            "autovacuum",
                            "dead rows stay, statistics age, transaction numbers run out",
                            "Tables grow without limit, and one day the server stops accepting"
                                    + " writes."),
                    SettingRule.on(
                            CRITICAL,
                            "track_counts",
                            "autovacuum does not know which tables have changed",
                            "Without the counters autovacuum does nothing."),
                    SettingRule.of(
                            WARNING,
                            "autovacuum_max_workers",
                            settings -> settings.number("autovacuum_max_workers") < FEWEST_WORKERS,
                            "3",
                            "one long vacuum leaves nobody for the small busy tables",
                            "A vacuum of a large table takes hours; others have to wait for a worker."),
                    SettingRule.of(
                            WARNING,
                            "autovacuum_vacuum_cost_delay",
                            settings ->
                                    settings.seconds("autovacuum_vacuum_cost_delay")
                                            > LONGEST_DELAY_SECONDS,
                            "2ms",
                            "autovacuum sleeps most of the time",
                            "At 20 ms it works at a tenth of the default speed and falls behind."),
                    SettingRule.of(
                            WARNING,
                            "autovacuum_vacuum_cost_limit",
                            settings -> costLimit(settings) < SMALLEST_COST_LIMIT,
                            "200",
                            "autovacuum is slower than by default",
                            "All workers together share this limit."),
                    SettingRule.of(
                            NOTICE,
                            "autovacuum_vacuum_cost_limit",
                            settings ->
                                    costLimit(settings) == SMALLEST_COST_LIMIT
                                            && settings.seconds("autovacuum_vacuum_cost_delay") > 0
                                            && size(settings) > LARGE,
                            "2000",
                            "the default is too slow for databases of this size",
                            "It lets all workers together dirty some 40 MB a second."),
                    SettingRule.of(
                            WARNING,
                            "autovacuum_naptime",
                            settings ->
                                    settings.seconds("autovacuum_naptime") > LONGEST_NAP_SECONDS,
                            "1min",
                            "busy tables wait long for their next vacuum",
                            "Each database is looked at once in this time."),
                    SettingRule.of(
                            WARNING,
                            "autovacuum_vacuum_scale_factor",
                            settings ->
                                    settings.number("autovacuum_vacuum_scale_factor")
                                            > LARGEST_SCALE_FACTOR,
                            "0.2",
                            "tables are cleaned only when much of them is dead",
                            "Space that dead rows took is not given back by a vacuum."),
                    SettingRule.of(
                            WARNING,
                            "autovacuum_freeze_max_age",
                            settings ->
                                    settings.number("autovacuum_freeze_max_age")
                                            > LATEST_FREEZE_AGE,
                            "200000000",
                            "the vacuum against wraparound starts dangerously late",
                            "Of two thousand million transaction numbers hardly half are left when it"
                                    + " begins."));

    @Override
    public String id() {
        return "settings-autovacuum";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return ServerSettings.judge(
                facts,
                settings ->
                        Stream.concat(
                                SettingRule.apply(id(), RULES, settings),
                                memory(settings).stream()));
    }

    private Optional<Finding> memory(ServerSettings settings) {
        long now = settings.bytes("maintenance_work_mem");
        boolean large = size(settings) > LARGE;
        if (now > SMALLEST_MEMORY || (now == SMALLEST_MEMORY && !large)) {
            return Optional.empty();
        }
        long right = maintenanceMemory(large, settings.memoryBytes());
        if (right <= now) {
            return Optional.empty();
        }
        return Optional.of(
                settings.advise(
                        id(),
                        NOTICE,
                        "maintenance_work_mem",
                        SettingUnits.roundSize(right),
                        "maintenance_work_mem = %s: %s"
                                .formatted(
                                        settings.show("maintenance_work_mem"),
                                        now < SMALLEST_MEMORY
                                                ? "less than the default"
                                                : "too little for databases of this size"),
                        "Vacuum goes through all indexes again each time its memory is full, and"
                                + " index builds sort on disk."));
    }

    /**
     * Each autovacuum worker and each build of an index may take as much.
     *
     * @param large whether the databases are
     * @param memory of the machine
     */
    static long maintenanceMemory(boolean large, OptionalLong memory) {
        long bearable =
                memory.isPresent() ? memory.getAsLong() / SHARE_OF_MEMORY : MEMORY_OF_ANY_MACHINE;
        return Math.min(large ? GB : SMALLEST_MEMORY, bearable);
    }

    private static double costLimit(ServerSettings settings) {
        double own = settings.number("autovacuum_vacuum_cost_limit");
        return own < 0 ? settings.number("vacuum_cost_limit") : own;
    }

    private static long size(ServerSettings settings) {
        return settings.node().server().databaseSizes().orNone().stream()
                .mapToLong(DatabaseSizeFact::bytes)
                .sum();
    }
}
