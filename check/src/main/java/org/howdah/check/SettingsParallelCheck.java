package org.howdah.check;

import static org.howdah.remedy.Severity.NOTICE;
import static org.howdah.remedy.Severity.WARNING;

import java.util.List;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.report.Quantity;

/**
 * Parallel workers against each other and the processors.
 *
 * <p>https://www.postgresql.org/docs/current/runtime-config-resource.html#RUNTIME-CONFIG-RESOURCE-WORKER-PROCESSES
 */
final class SettingsParallelCheck implements Check {
    private static final List<SettingRule> RULES =
            List.of(
                    SettingRule.byHand(
                            WARNING,
                            "max_parallel_workers",
                            settings ->
                                    settings.number("max_parallel_workers")
                                            > settings.number("max_worker_processes"),
                            "more than max_worker_processes, from which they are taken",
                            "Queries are planned for workers that they never get and run slower than"
                                    + " a serial plan would."),
                    SettingRule.byHand(
                            WARNING,
                            "max_parallel_workers_per_gather",
                            settings ->
                                    settings.number("max_parallel_workers_per_gather")
                                            > settings.number("max_parallel_workers"),
                            "more than max_parallel_workers, from which they are taken",
                            "Queries are planned for workers that they never get and run slower than"
                                    + " a serial plan would."),
                    SettingRule.byHand(
                            NOTICE,
                            "max_parallel_maintenance_workers",
                            settings ->
                                    settings.number("max_parallel_maintenance_workers")
                                            > settings.number("max_parallel_workers"),
                            "more than max_parallel_workers, from which they are taken",
                            "Builds of indexes start with fewer workers than somebody counts on."),
                    SettingRule.of(
                            NOTICE,
                            "max_parallel_maintenance_workers",
                            settings -> settings.number("max_parallel_maintenance_workers") == 0,
                            "2",
                            "each index is built by one process",
                            "CREATE INDEX, REINDEX and VACUUM of a large table take as long as one"
                                    + " processor needs."));

    @Override
    public String id() {
        return "settings-parallel";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return ServerSettings.judge(
                facts,
                settings ->
                        Stream.concat(
                                SettingRule.apply(id(), RULES, settings),
                                settings.hardware().processors().stream()
                                        .boxed()
                                        .flatMap(count -> oneQuery(settings, count))));
    }

    /** One query with the leader's own process should leave processors to others. */
    private Stream<Finding> oneQuery(ServerSettings settings, int processors) {
        double workers = settings.number("max_parallel_workers_per_gather");
        if (workers < processors || workers <= 2) {
            return Stream.empty();
        }
        int right = Math.max(2, processors / 2);
        return Stream.of(
                settings.advise(
                        id(),
                        NOTICE,
                        "max_parallel_workers_per_gather",
                        String.valueOf(right),
                        "one query may take %.0f workers of %d processors"
                                .formatted(workers, processors),
                        "A single report can starve all other sessions.",
                        Measure.against("workers", workers, Quantity.COUNT, processors)));
    }
}
