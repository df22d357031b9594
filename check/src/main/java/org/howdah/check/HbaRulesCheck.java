package org.howdah.check;

import java.util.List;
import java.util.Optional;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.HbaRuleFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;

/** Lines of pg_hba.conf that let people in too easily, or that cannot be read. */
final class HbaRulesCheck implements Check {
    /** An error that the server notes without refusing the file: TLS or GSSAPI is off. */
    private static final String WITHOUT_EFFECT = "record cannot match because";

    @Override
    public String id() {
        return "hba-rules";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        Catalog main = facts.main();
        if (main.server().platform().isManaged()) {
            return Outcome.fine();
        }
        return Outcome.of(
                main.server().hbaRules(),
                rules -> rules.stream().flatMap(rule -> judge(rule).stream()).toList());
    }

    // https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
    private Optional<Finding> judge(HbaRuleFact rule) {
        if (rule.error().isPresent()) {
            return Optional.of(faulty(rule, rule.error().orElse("")));
        }
        String method = rule.method().orElse("");
        return switch (method) {
            case "trust" -> Optional.of(trust(rule));
            case "password" ->
                    rule.type().map("hostssl"::equals).orElse(false) || isLocal(rule)
                            ? Optional.empty()
                            : Optional.of(
                                    finding(
                                            rule,
                                            Severity.WARNING,
                                            "passwords come over the network in clear",
                                            "Anybody on the way can read them.",
                                            "Use scram-sha-256"));
            case "md5" ->
                    isLocal(rule)
                            ? Optional.empty()
                            : Optional.of(
                                    finding(
                                            rule,
                                            Severity.NOTICE,
                                            "the method md5 still takes MD5 hashes",
                                            "It is out of date and will be gone; for roles with a"
                                                    + " SCRAM password it uses SCRAM already.",
                                            "Use scram-sha-256 once no role has an MD5 password"));
            default -> Optional.empty();
        };
    }

    private Finding faulty(HbaRuleFact rule, String error) {
        if (error.contains(WITHOUT_EFFECT)) {
            return finding(
                    rule,
                    Severity.NOTICE,
                    error,
                    "The line is taken and lets nobody in: clients that it is meant for are refused.",
                    "Turn on what the line needs, or take it out");
        }
        return finding(
                rule,
                Severity.CRITICAL,
                error,
                "With an error in it the file is not reloaded at all: all later changes to it have no"
                        + " effect, and the server does not start with it.",
                "Correct the line and reload");
    }

    private Finding trust(HbaRuleFact rule) {
        boolean local = isLocal(rule);
        return finding(
                rule,
                local ? Severity.NOTICE : Severity.CRITICAL,
                local
                        ? "everybody on the server's machine may log in as any role it names"
                        : "everybody from there may log in as any role it names, without a password",
                local
                        ? "Each account and each program there that is broken into is a superuser of"
                                + " the database."
                        : "Who reaches the port owns the data.",
                local ? "Use peer for local and scram-sha-256 for host" : "Use scram-sha-256");
    }

    /** Unix sockets and the loopback addresses. */
    private static boolean isLocal(HbaRuleFact rule) {
        return rule.type().map("local"::equals).orElse(false)
                || rule.address()
                        .map(address ->
                                address.startsWith("127.")
                                        || address.equals("::1")
                                        || address.equals("localhost"))
                        .orElse(false);
    }

    private Finding finding(
            HbaRuleFact rule, Severity severity, String fault, String why, String advice) {
        String place = "pg_hba.conf line " + rule.line().orElse(0);
        Subject subject = Subject.setting(place);
        return Finding.of(
                        id(),
                        severity,
                        subject,
                        "%s (%s): %s".formatted(place, text(rule), fault),
                        why,
                        List.of())
                .with(new ByHand(subject, advice, List.of()));
    }

    private static String text(HbaRuleFact rule) {
        if (rule.type().isEmpty()) {
            return "cannot be read";
        }
        return "%s %s %s %s%s"
                .formatted(
                        rule.type().orElse(""),
                        String.join(",", rule.databases()),
                        String.join(",", rule.roles()),
                        rule.address().map(address -> address + " ").orElse(""),
                        rule.method().orElse(""));
    }
}
