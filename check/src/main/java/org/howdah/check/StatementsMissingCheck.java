package org.howdah.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Facts;
import org.howdah.postgres.StatementFact;
import org.howdah.postgres.StatementTotalsFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Statistics of statements that are not kept, or not kept for long. */
final class StatementsMissingCheck implements Check {
    private static final String EXTENSION = "pg_stat_statements";
    private static final String MOST = EXTENSION + ".max";

    @Override
    public String id() {
        return "statements-missing";
    }

    // https://www.postgresql.org/docs/current/pgstatstatements.html
    @Override
    public Outcome run(ClusterFacts facts) {
        Catalog main = facts.main();
        return switch (main.server().statements()) {
            case Facts.Known<StatementFact> _ -> kept(main);
            case Facts.Unknown<StatementFact> unknown
                    when !main.server().rights().readsAllStatistics() ->
                    new Outcome.NotChecked(unknown.reason(), unknown.grant());
            case Facts.Unknown<StatementFact> unknown -> missing(main, unknown);
        };
    }

    private Outcome missing(Catalog node, Facts.Unknown<StatementFact> unknown) {
        boolean loaded = ServerSettings.of(node).map(settings -> settings.has(MOST)).orElse(false);
        String load =
                node.server().platform().isManaged()
                        ? "Add pg_stat_statements to shared_preload_libraries in "
                                + node.server().platform().settingsPlace()
                        : "Add pg_stat_statements to shared_preload_libraries and restart the server";
        Subject subject = new Subject(Subject.Kind.EXTENSION, node.database().name(), EXTENSION);
        return new Outcome.Checked(
                List.of(
                        Finding.of(
                                        id(),
                                        Severity.WARNING,
                                        subject,
                                        "Statements cannot be judged: " + unknown.reason(),
                                        "Which statements are slow or heavy, and which indexes they"
                                                + " need, only pg_stat_statements knows.",
                                        List.of())
                                .with(
                                        new ByHand(
                                                subject,
                                                loaded ? "Create the extension" : load,
                                                unknown.grant().stream().toList()))));
    }

    private Outcome kept(Catalog node) {
        return Outcome.together(
                Stream.of(
                        ServerSettings.judge(node, this::tracked),
                        Outcome.of(
                                node.server().statementTotals(),
                                node.server().settings(),
                                (totals, _) ->
                                        totals.stream()
                                                .flatMap(total -> forgotten(node, total).stream())
                                                .toList())));
    }

    private Stream<Finding> tracked(ServerSettings settings) {
        return SettingRule.apply(
                id(),
                List.of(
                        SettingRule.of(
                                Severity.WARNING,
                                EXTENSION + ".track",
                                all -> all.text(EXTENSION + ".track").equals("none"),
                                "top",
                                "no statements are counted",
                                "Which statements are slow or heavy cannot be known.")),
                settings);
    }

    private Optional<Finding> forgotten(Catalog node, StatementTotalsFact totals) {
        ServerSettings settings = ServerSettings.of(node).orElseThrow();
        double most = settings.number(MOST);
        if (totals.forgotten() == 0 || most == 0) {
            return Optional.empty();
        }
        return Optional.of(
                settings.advise(
                        id(),
                        Severity.NOTICE,
                        MOST,
                        String.valueOf(Math.min(50_000, 2 * (long) most)),
                        "%s times statements were forgotten because there were more than %s = %.0f"
                                .formatted(Units.exact(totals.forgotten()), MOST, most),
                        "Rare and new statements fall out first, with their counters; statements that"
                                + " carry constants or lists of many lengths fill the table.",
                        Measure.against("forgotten", totals.forgotten(), Quantity.COUNT, 0),
                        Measure.of("statements", totals.statements(), Quantity.COUNT)));
    }
}
