package org.howdah.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.ActivityFact;
import org.howdah.postgres.DatabaseStateFact;
import org.howdah.postgres.RoleFact;
import org.howdah.postgres.ServerFacts;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;

/** Roles and databases that are near a connection limit of their own. */
final class ConnectionLimitsCheck implements Check {
    private static final double MANY = 0.80;

    @Override
    public String id() {
        return "connection-limits";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(facts.nodes().map(node -> judge(node.server())));
    }

    // https://www.postgresql.org/docs/current/sql-createrole.html
    private Outcome judge(ServerFacts server) {
        return Outcome.with(
                server.activity(),
                sessions ->
                        Outcome.of(
                                server.roles(),
                                server.databases(),
                                (roles, databases) ->
                                        Stream.concat(
                                                        ofRoles(roles, sessions),
                                                        ofDatabases(databases, sessions))
                                                .toList()));
    }

    private Stream<Finding> ofRoles(List<RoleFact> roles, List<ActivityFact> sessions) {
        Map<String, Long> used = count(sessions, ActivityFact::role);
        return roles.stream()
                .filter(role -> !role.superuser())
                .flatMap(role ->
                        judge(
                                new Subject(Subject.Kind.ROLE, "", role.name()),
                                used.getOrDefault(role.name(), 0L),
                                role.connectionLimit())
                                .stream());
    }

    private Stream<Finding> ofDatabases(
            List<DatabaseStateFact> databases, List<ActivityFact> sessions) {
        Map<String, Long> used = count(sessions, ActivityFact::database);
        return databases.stream()
                .flatMap(database ->
                        judge(
                                new Subject(
                                        Subject.Kind.DATABASE, database.name(), database.name()),
                                used.getOrDefault(database.name(), 0L),
                                database.connectionLimit())
                                .stream());
    }

    private Optional<Finding> judge(Subject subject, long used, int limit) {
        double share = used / (double) Math.max(1, limit);
        if (limit <= 0 || share < MANY) {
            return Optional.empty();
        }
        return Optional.of(
                Finding.of(
                                id(),
                                used >= limit ? Severity.CRITICAL : Severity.WARNING,
                                subject,
                                "%s uses %d of the %d connections that it may have"
                                        .formatted(subject.name(), used, limit),
                                "At its limit it is refused although the server has connections"
                                        + " left.",
                                List.of(
                                        Measure.against(
                                                "of its limit", share, Quantity.RATIO, MANY)))
                        .with(
                                new ByHand(
                                        subject,
                                        "Raise the limit by ALTER ... CONNECTION LIMIT, or make its"
                                                + " pools smaller",
                                        List.of())));
    }

    private static Map<String, Long> count(
            List<ActivityFact> sessions, Function<ActivityFact, Optional<String>> owner) {
        return sessions.stream()
                .filter(ActivityFact::isClient)
                .flatMap(session -> owner.apply(session).stream())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }
}
