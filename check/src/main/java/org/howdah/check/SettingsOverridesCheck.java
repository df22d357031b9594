package org.howdah.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.RoleSettingFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;

/** Settings of single roles or databases that do harm and that nobody sees in the files. */
final class SettingsOverridesCheck implements Check {
    /** What a value of a setting does to all sessions of a role or database. */
    private static final Map<String, String> HARM =
            Map.of(
                    "synchronous_commit=remote_apply",
                    "each commit waits until readers have replayed it",
                    "synchronous_commit=off",
                    "confirmed transactions can be lost in a crash",
                    "zero_damaged_pages=on",
                    "damaged pages are silently emptied",
                    "ignore_checksum_failure=on",
                    "damaged pages are read as if they were sound",
                    "session_replication_role=replica",
                    "foreign keys and triggers are not checked",
                    "row_security=off",
                    "queries fail where row security would filter",
                    "enable_indexscan=off",
                    "plans avoid indexes",
                    "enable_seqscan=off",
                    "plans avoid sequential scans at any price",
                    "enable_nestloop=off",
                    "plans avoid nested loops at any price");

    @Override
    public String id() {
        return "settings-overrides";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.of(
                facts.main().server().roleSettings(),
                settings -> settings.stream().flatMap(setting -> judge(setting).stream()).toList());
    }

    // https://www.postgresql.org/docs/current/catalog-pg-db-role-setting.html
    private Optional<Finding> judge(RoleSettingFact setting) {
        return Optional.ofNullable(HARM.get(setting.name() + "=" + setting.value()))
                .map(harm -> finding(setting, harm));
    }

    private Finding finding(RoleSettingFact setting, String harm) {
        return Finding.of(
                        id(),
                        Severity.WARNING,
                        setting.role()
                                .map(role -> new Subject(Subject.Kind.ROLE, "", role))
                                .orElseGet(() ->
                                        new Subject(
                                                Subject.Kind.DATABASE,
                                                "",
                                                setting.database().orElse(""))),
                        "%s = %s: %s".formatted(setting.name(), setting.value(), harm),
                        "It holds for every new session and stands in no configuration file.",
                        List.of())
                .with(
                        new ByHand(
                                Subject.setting(setting.name()),
                                "Take it back unless somebody knows why it is there",
                                List.of(reset(setting))));
    }

    private static String reset(RoleSettingFact setting) {
        String owner =
                setting.role()
                        .map(role ->
                                "ROLE "
                                        + QualifiedName.quote(role)
                                        + setting.database()
                                                .map(name ->
                                                        " IN DATABASE " + QualifiedName.quote(name))
                                                .orElse(""))
                        .orElseGet(() ->
                                setting.database()
                                        .map(name -> "DATABASE " + QualifiedName.quote(name))
                                        .orElse("ROLE ALL"));
        return "ALTER " + owner + " RESET " + QualifiedName.quote(setting.name());
    }
}
