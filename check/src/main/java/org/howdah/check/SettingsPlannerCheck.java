package org.howdah.check;

import static org.howdah.check.SettingUnits.GB;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.SettingFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Assumptions of the planner that do not fit the machine or each other. */
final class SettingsPlannerCheck implements Check {
    /** The default, measured on disks that turn. */
    private static final double COST_OF_TURNING_DISKS = 4;

    /**
     * Even a disk that turns reads a random page no dearer than that for the planner: the default
     * of 4 already counts on nine pages of ten being cached.
     */
    private static final double UNREASONABLE_COST = 10;

    private static final String COST_OF_SOLID_DISKS = "1.1";

    /** The default until PostgreSQL 17. */
    private static final double ONE_ARM = 1;

    private static final String REQUESTS_OF_SOLID_DISKS = "200";

    /** Half to three quarters of the memory: shared buffers and the kernel's cache together. */
    private static final double LEAST_CACHE = 0.5;

    private static final double RIGHT_CACHE = 0.75;
    private static final double FEW_STATISTICS = 100;
    private static final double MANY_STATISTICS = 1000;

    /** Below the default, queries that take milliseconds are compiled for longer than they run. */
    private static final double JIT_COST = 100_000;

    /**
     * The defaults of the cost model: only their proportions matter, and they are well balanced.
     */
    private static final Map<String, Double> CPU_COSTS =
            Map.of(
                    "cpu_tuple_cost", 0.01,
                    "cpu_index_tuple_cost", 0.005,
                    "cpu_operator_cost", 0.0025,
                    "parallel_tuple_cost", 0.1,
                    "parallel_setup_cost", 1000.0,
                    "seq_page_cost", 1.0);

    @Override
    public String id() {
        return "settings-planner";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return ServerSettings.judge(
                facts,
                settings ->
                        Stream.of(
                                        randomPageCost(settings).stream(),
                                        cacheSize(settings).stream(),
                                        concurrency(settings).stream(),
                                        statistics(settings).stream(),
                                        jit(settings).stream(),
                                        disabledMethods(settings),
                                        unusualCosts(settings))
                                .flatMap(found -> found));
    }

    // https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-RANDOM-PAGE-COST
    private Optional<Finding> randomPageCost(ServerSettings settings) {
        double cost = settings.number("random_page_cost");
        if (cost < settings.number("seq_page_cost")) {
            return Optional.of(
                    settings.advise(
                            id(),
                            Severity.WARNING,
                            "random_page_cost",
                            COST_OF_SOLID_DISKS,
                            "random_page_cost = %s is less than seq_page_cost = %s"
                                    .formatted(
                                            settings.text("random_page_cost"),
                                            settings.text("seq_page_cost")),
                            "No storage reads pages faster at random than in order; indexes are then"
                                    + " chosen where reading the table is faster."));
        }
        Optional<Boolean> rotating = settings.hardware().rotating();
        boolean solid = settings.platform().isManaged() || rotating.map(it -> !it).orElse(false);
        if (cost > UNREASONABLE_COST) {
            return Optional.of(
                    settings.advise(
                            id(),
                            Severity.WARNING,
                            "random_page_cost",
                            rotating.orElse(false) ? "4" : COST_OF_SOLID_DISKS,
                            "random_page_cost = %s is more than any storage needs"
                                    .formatted(settings.text("random_page_cost")),
                            "The planner reads whole tables where an index would find the rows at"
                                    + " once.",
                            Measure.against(
                                    "random_page_cost", cost, Quantity.COUNT, UNREASONABLE_COST)));
        }
        if (cost < COST_OF_TURNING_DISKS || rotating.orElse(false)) {
            return Optional.empty();
        }
        return Optional.of(
                settings.advise(
                        id(),
                        solid ? Severity.WARNING : Severity.NOTICE,
                        "random_page_cost",
                        COST_OF_SOLID_DISKS,
                        "random_page_cost = %s is meant for disks that turn%s"
                                .formatted(
                                        settings.text("random_page_cost"),
                                        solid ? "" : "; what this server has is unknown"),
                        "On solid-state and network storage a random page costs hardly more than"
                                + " the next one: the planner prefers sequential scans where an"
                                + " index would be faster.",
                        Measure.against(
                                "random_page_cost", cost, Quantity.COUNT, COST_OF_TURNING_DISKS)));
    }

    // https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-EFFECTIVE-CACHE-SIZE
    private Optional<Finding> cacheSize(ServerSettings settings) {
        long cache = settings.bytes("effective_cache_size");
        long buffers = settings.bytes("shared_buffers");
        long memory = settings.memoryBytes().orElse(0);
        String right =
                SettingUnits.roundSize(
                        memory > 0 ? (long) (memory * RIGHT_CACHE) : Math.max(4 * GB, 3 * buffers));
        String fault;
        if (cache < buffers) {
            fault = "less than shared_buffers = " + SettingUnits.size(buffers);
        } else if (memory > 0 && cache > memory) {
            fault = "more than the server's memory of " + Units.bytes(memory);
        } else if (memory >= GB && cache < memory * LEAST_CACHE) {
            fault = "less than half of the server's memory of " + Units.bytes(memory);
        } else {
            return Optional.empty();
        }
        return Optional.of(
                settings.advise(
                        id(),
                        cache < buffers ? Severity.WARNING : Severity.NOTICE,
                        "effective_cache_size",
                        right,
                        "effective_cache_size = %s is %s"
                                .formatted(SettingUnits.size(cache), fault),
                        "It tells the planner how much of an index is likely to be in memory; it"
                                + " reserves nothing. Too small a value makes index scans look dear.",
                        Measure.of("effective_cache_size", cache, Quantity.BYTES)));
    }

    // https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-EFFECTIVE-IO-CONCURRENCY
    private Optional<Finding> concurrency(ServerSettings settings) {
        double requests = settings.number("effective_io_concurrency");
        if (requests > ONE_ARM || settings.hardware().rotating().orElse(false)) {
            return Optional.empty();
        }
        return Optional.of(
                settings.advise(
                        id(),
                        Severity.NOTICE,
                        "effective_io_concurrency",
                        REQUESTS_OF_SOLID_DISKS,
                        "effective_io_concurrency = %.0f reads ahead as for one disk that turns"
                                .formatted(requests),
                        "Bitmap scans and, from PostgreSQL 17 on, sequential scans and vacuum wait for"
                                + " pages one by one that solid-state and network storage would give"
                                + " together.",
                        Measure.against(
                                "effective_io_concurrency", requests, Quantity.COUNT, ONE_ARM)));
    }

    // https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-DEFAULT-STATISTICS-TARGET
    private Optional<Finding> statistics(ServerSettings settings) {
        double target = settings.number("default_statistics_target");
        if (target >= FEW_STATISTICS && target < MANY_STATISTICS) {
            return Optional.empty();
        }
        boolean few = target < FEW_STATISTICS;
        return Optional.of(
                settings.advise(
                        id(),
                        few ? Severity.WARNING : Severity.NOTICE,
                        "default_statistics_target",
                        "100",
                        "default_statistics_target = %.0f makes statistics of every column %s"
                                .formatted(target, few ? "coarse" : "large"),
                        few
                                ? "Row estimates become guesses, and plans with them."
                                : "Each ANALYZE samples 300 rows for each point and each plan reads"
                                        + " the lists: raise single columns by ALTER TABLE ... SET"
                                        + " STATISTICS where estimates are off.",
                        Measure.against(
                                "default_statistics_target",
                                target,
                                Quantity.COUNT,
                                few ? FEW_STATISTICS : MANY_STATISTICS)));
    }

    // https://www.postgresql.org/docs/current/jit-decision.html
    private Optional<Finding> jit(ServerSettings settings) {
        double cost = settings.number("jit_above_cost");
        if (!settings.isOn("jit") || cost < 0 || cost >= JIT_COST) {
            return Optional.empty();
        }
        return Optional.of(
                settings.advise(
                        id(),
                        Severity.WARNING,
                        "jit_above_cost",
                        "100000",
                        "jit_above_cost = %s compiles queries that are over sooner than compiled"
                                .formatted(settings.text("jit_above_cost")),
                        "Compiling takes tens to hundreds of milliseconds for each run; nothing of it"
                                + " is kept.",
                        Measure.against("jit_above_cost", cost, Quantity.COUNT, JIT_COST)));
    }

    // https://www.postgresql.org/docs/current/runtime-config-query.html#RUNTIME-CONFIG-QUERY-ENABLE
    private Stream<Finding> disabledMethods(ServerSettings settings) {
        return settings.all()
                .filter(setting -> setting.name().startsWith("enable_"))
                .filter(setting -> setting.value().equals("off"))
                .filter(setting -> setting.bootValue().map("on"::equals).orElse(false))
                .sorted(java.util.Comparator.comparing(SettingFact::name))
                .map(setting ->
                        settings.advise(
                                id(),
                                Severity.WARNING,
                                setting.name(),
                                "on",
                                setting.name() + " is off for everybody",
                                "It is a tool to study one plan; as a lasting setting it makes"
                                        + " every plan worse that needs this method."));
    }

    // https://www.postgresql.org/docs/current/runtime-config-query.html#RUNTIME-CONFIG-QUERY-CONSTANTS
    private Stream<Finding> unusualCosts(ServerSettings settings) {
        return CPU_COSTS.entrySet().stream()
                .filter(cost -> settings.has(cost.getKey()))
                .filter(cost -> settings.number(cost.getKey()) != cost.getValue())
                .sorted(Map.Entry.comparingByKey())
                .map(cost ->
                        settings.advise(
                                id(),
                                Severity.NOTICE,
                                cost.getKey(),
                                ServerSettings.byHand(
                                        cost.getKey(),
                                        "Set it back to %s unless somebody knows why it was changed"
                                                .formatted(cost.getValue())),
                                "%s = %s differs from its default %s"
                                        .formatted(
                                                cost.getKey(),
                                                settings.text(cost.getKey()),
                                                cost.getValue()),
                                "Costs are relative to each other: changing one changes the"
                                        + " choice of all plans.",
                                Measure.of(
                                        cost.getKey(),
                                        settings.number(cost.getKey()),
                                        Quantity.COUNT)));
    }
}
