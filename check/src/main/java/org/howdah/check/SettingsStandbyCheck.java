package org.howdah.check;

import static org.howdah.remedy.Severity.NOTICE;
import static org.howdah.remedy.Severity.WARNING;

import java.util.List;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.DatabaseStateFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/**
 * Settings of readers: whom they let wait, replay or the queries.
 *
 * <p>https://www.postgresql.org/docs/current/hot-standby.html#HOT-STANDBY-CONFLICT
 */
final class SettingsStandbyCheck implements Check {
    /** Readers that lag by more are of little use after a failover. */
    private static final double LONGEST_DELAY_SECONDS = 300;

    private static final String REPLAY_WAITS =
            "Everything behind the row that it reads is invisible here until it ends, and a failover"
                    + " to this node takes as long.";

    private static final List<SettingRule> RULES =
            List.of(
                    SettingRule.of(
                            WARNING,
                            "max_standby_streaming_delay",
                            settings -> settings.number("max_standby_streaming_delay") < 0,
                            "30s",
                            "replay waits for queries without limit",
                            REPLAY_WAITS),
                    SettingRule.of(
                            NOTICE,
                            "max_standby_streaming_delay",
                            settings ->
                                    settings.seconds("max_standby_streaming_delay")
                                            > LONGEST_DELAY_SECONDS,
                            "30s",
                            "replay may wait for queries that long",
                            REPLAY_WAITS),
                    SettingRule.of(
                            WARNING,
                            "wal_receiver_timeout",
                            settings -> settings.number("wal_receiver_timeout") == 0,
                            "60s",
                            "a writer that has vanished is never noticed",
                            "The reader waits on a dead connection and falls behind."));

    @Override
    public String id() {
        return "settings-standby";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                facts.nodes()
                        .filter(Catalog::inRecovery)
                        .map(node ->
                                ServerSettings.judge(
                                        node,
                                        settings ->
                                                Stream.concat(
                                                        SettingRule.apply(id(), RULES, settings),
                                                        canceled(settings)))));
    }

    /** Queries that replay has ended, where the reader does not tell the writer what it reads. */
    private Stream<Finding> canceled(ServerSettings settings) {
        long conflicts =
                settings.node().server().databases().orNone().stream()
                        .mapToLong(DatabaseStateFact::conflicts)
                        .sum();
        if (conflicts == 0 || !settings.isOff("hot_standby_feedback")) {
            return Stream.empty();
        }
        return Stream.of(
                settings.advise(
                        id(),
                        WARNING,
                        "hot_standby_feedback",
                        "on",
                        "%s queries on %s were ended because replay removed rows that they read"
                                .formatted(Units.exact(conflicts), settings.node().node()),
                        "With hot_standby_feedback the writer keeps those rows, at the price of some"
                                + " bloat while long queries run on the reader.",
                        Measure.against("queries ended", conflicts, Quantity.COUNT, 0)));
    }
}
