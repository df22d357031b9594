package org.howdah.check;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.ActivityFact;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.RoleFact;
import org.howdah.postgres.ServerFacts;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;

/** Roles that may do everything and are used to log in. */
final class SuperuserLoginsCheck implements Check {
    /** A provider's own roles, which its customers cannot change. */
    private static final Set<String> OF_PROVIDERS =
            Set.of("rdsadmin", "cloudsqladmin", "alloydbadmin", "azuresu", "cloud_admin");

    /** Programs with which people administer a server. */
    private static final Set<String> OF_PEOPLE =
            Set.of("psql", "pg_dump", "pg_dumpall", "pg_basebackup", "pg_restore");

    @Override
    public String id() {
        return "superuser-logins";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        ServerFacts server = facts.main().server();
        return Outcome.together(
                Stream.of(
                        Outcome.of(server.roles(), this::moreThanOne),
                        Outcome.of(server.roles(), server.activity(), this::programs)));
    }

    // https://www.postgresql.org/docs/current/role-attributes.html
    private List<Finding> moreThanOne(List<RoleFact> roles) {
        return superusers(roles)
                .filter(role -> !role.bootstrap())
                .map(role ->
                        Finding.of(
                                        id(),
                                        Severity.WARNING,
                                        subject(role.name()),
                                        "The role %s is a superuser and may log in"
                                                .formatted(role.name()),
                                        "No right and no row security holds it back, and it"
                                                + " can read and run anything on the server's"
                                                + " machine.",
                                        List.of())
                                .with(
                                        new ByHand(
                                                subject(role.name()),
                                                "Give it the rights that it needs (pg_monitor,"
                                                        + " pg_maintain, pg_read_all_data) and"
                                                        + " take the attribute away",
                                                List.of(
                                                        "ALTER ROLE "
                                                                + QualifiedName.quote(role.name())
                                                                + " NOSUPERUSER"))))
                .toList();
    }

    private List<Finding> programs(List<RoleFact> roles, List<ActivityFact> sessions) {
        Set<String> superusers =
                superusers(roles)
                        .map(RoleFact::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        return superusers.stream()
                .flatMap(role -> {
                    List<ActivityFact> used =
                            sessions.stream().filter(session -> isProgram(session, role)).toList();
                    return used.isEmpty() ? Stream.<Finding>empty() : Stream.of(used(role, used));
                })
                .toList();
    }

    private static boolean isProgram(ActivityFact session, String role) {
        return session.isClient()
                && session.role().map(role::equals).orElse(false)
                && !session.application().isEmpty()
                && !session.application().startsWith("howdah/")
                && !OF_PEOPLE.contains(session.application());
    }

    private Finding used(String role, List<ActivityFact> sessions) {
        String programs =
                sessions.stream()
                        .map(ActivityFact::application)
                        .distinct()
                        .sorted()
                        .limit(5)
                        .collect(Collectors.joining(", "));
        return Finding.of(
                        id(),
                        Severity.WARNING,
                        subject(role),
                        "%d sessions of programs run as superuser %s: %s"
                                .formatted(sessions.size(), role, programs),
                        "A hole in a program is then a hole in the whole server, and its sessions may"
                                + " take the connections that are reserved for its owner.",
                        List.of(Measure.against("sessions", sessions.size(), Quantity.COUNT, 0)))
                .with(
                        new ByHand(
                                subject(role),
                                "Give each program a role of its own with the rights that it needs",
                                List.of()));
    }

    private static Stream<RoleFact> superusers(List<RoleFact> roles) {
        return roles.stream()
                .filter(RoleFact::superuser)
                .filter(RoleFact::login)
                .filter(role -> !OF_PROVIDERS.contains(role.name()));
    }

    private static Subject subject(String role) {
        return new Subject(Subject.Kind.ROLE, "", role);
    }
}
