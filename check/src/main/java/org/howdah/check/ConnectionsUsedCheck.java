package org.howdah.check;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.ActivityFact;
import org.howdah.postgres.Catalog;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** How many of the connections that ordinary roles may use are taken. */
final class ConnectionsUsedCheck implements Check {
    /** Alert rules in the field start at 70 to 80 %; here clients begin to be refused soon. */
    private static final double MANY = 0.80;

    private static final double ALMOST_ALL = 0.90;

    @Override
    public String id() {
        return "connections-used";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                facts.nodes()
                        .map(node ->
                                Outcome.of(
                                        node.server().activity(),
                                        node.server().settings(),
                                        (activity, _) -> judge(node, activity))));
    }

    // https://www.postgresql.org/docs/current/runtime-config-connection.html#RUNTIME-CONFIG-CONNECTION-SETTINGS
    private List<Finding> judge(Catalog node, List<ActivityFact> activity) {
        ServerSettings settings = ServerSettings.of(node).orElseThrow();
        double places =
                settings.number("max_connections")
                        - settings.number("superuser_reserved_connections")
                        - settings.number("reserved_connections");
        List<ActivityFact> clients = activity.stream().filter(ActivityFact::isClient).toList();
        double share = clients.size() / Math.max(1, places);
        if (share < MANY) {
            return List.of();
        }
        Subject subject = new Subject(Subject.Kind.NODE, "", node.node());
        return List.of(
                Finding.of(
                                id(),
                                share >= ALMOST_ALL ? Severity.CRITICAL : Severity.WARNING,
                                subject,
                                "%d of %.0f connections are taken (%s)"
                                        .formatted(clients.size(), places, Units.percent(share)),
                                "When all are taken, new clients are refused; a pool keeps many"
                                        + " clients on few connections.",
                                List.of(
                                        Measure.against(
                                                "connections taken", share, Quantity.RATIO, MANY),
                                        Measure.of(
                                                "idle",
                                                clients.stream()
                                                        .filter(ConnectionsUsedCheck::isIdle)
                                                        .count(),
                                                Quantity.COUNT)))
                        .with(
                                new ByHand(
                                        subject,
                                        "Put a pool in front of the server, or find out who opens so"
                                                + " many connections",
                                        List.of()))
                        .with(byState(clients)));
    }

    private static boolean isIdle(ActivityFact session) {
        return session.state().map("idle"::equals).orElse(false);
    }

    private static Picture byState(List<ActivityFact> clients) {
        Map<String, Long> counts =
                clients.stream()
                        .collect(
                                Collectors.groupingBy(
                                        client -> client.state().orElse("unknown"),
                                        TreeMap::new,
                                        Collectors.counting()));
        return new Picture.Share(
                "Sessions by state",
                Quantity.COUNT,
                counts.entrySet().stream()
                        .map(count -> new Picture.Part(count.getKey(), count.getValue()))
                        .toList());
    }
}
