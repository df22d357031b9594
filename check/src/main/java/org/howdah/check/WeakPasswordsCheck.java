package org.howdah.check;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.PasswordFact;
import org.howdah.postgres.ServerFacts;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;

/** Passwords that are stored as MD5, now or the next time. */
final class WeakPasswordsCheck implements Check {
    private static final int MOST_NAMES = 10;

    @Override
    public String id() {
        return "weak-passwords";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        ServerFacts server = facts.main().server();
        return Outcome.together(
                Stream.of(
                        ServerSettings.judge(facts, this::future),
                        Outcome.of(server.passwords(), this::stored)));
    }

    private Stream<Finding> future(ServerSettings settings) {
        return SettingRule.apply(
                id(),
                List.of(
                        SettingRule.of(
                                Severity.WARNING,
                                "password_encryption",
                                all -> all.text("password_encryption").equals("md5"),
                                "scram-sha-256",
                                "new passwords are stored as MD5",
                                "Who gets hold of the hash can log in with it, without the"
                                        + " password.")),
                settings);
    }

    // https://www.postgresql.org/docs/current/auth-password.html
    private List<Finding> stored(List<PasswordFact> passwords) {
        List<String> roles =
                passwords.stream()
                        .filter(password -> password.kind() == PasswordFact.Kind.MD5)
                        .map(PasswordFact::role)
                        .toList();
        if (roles.isEmpty()) {
            return List.of();
        }
        String names = roles.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        Subject subject = new Subject(Subject.Kind.ROLE, "", roles.getFirst());
        return List.of(
                Finding.of(
                                id(),
                                Severity.WARNING,
                                subject,
                                "The passwords of %d roles are stored as MD5: %s%s"
                                        .formatted(
                                                roles.size(),
                                                names,
                                                roles.size() > MOST_NAMES ? " ..." : ""),
                                "Who gets hold of such a hash, from a backup for example, can log in"
                                        + " with it; PostgreSQL 18 warns of MD5 and a later one will"
                                        + " not know it.",
                                List.of(
                                        Measure.against(
                                                "roles with MD5", roles.size(), Quantity.COUNT, 0)))
                        .with(
                                new ByHand(
                                        subject,
                                        "With password_encryption = scram-sha-256, let each set its"
                                                + " password anew (\\password in psql)",
                                        List.of())));
    }
}
