package org.howdah.check;

import java.util.List;
import java.util.Set;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Platform;
import org.howdah.postgres.RoleSettingFact;
import org.howdah.postgres.SettingFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;

/** Settings that somebody set and that do nothing: on this platform, or where they were set. */
final class SettingsIgnoredCheck implements Check {
    /** They belong to one transaction: each new one starts from its default_ counterpart. */
    private static final Set<String> OF_ONE_TRANSACTION =
            Set.of("transaction_read_only", "transaction_isolation", "transaction_deferrable");

    @Override
    public String id() {
        return "settings-ignored";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        var server = facts.main().server();
        return Outcome.together(
                java.util.stream.Stream.of(
                        Outcome.of(server.settings(), rows -> onPlatform(server.platform(), rows)),
                        Outcome.of(server.roleSettings(), this::onRoles)));
    }

    private List<Finding> onPlatform(Platform platform, List<SettingFact> settings) {
        List<String> set =
                settings.stream()
                        .filter(setting -> IgnoredSettings.on(platform).contains(setting.name()))
                        .filter(setting -> !setting.source().equals("default"))
                        .filter(setting -> !setting.source().equals("override"))
                        .filter(setting ->
                                !setting.bootValue().map(setting.value()::equals).orElse(false))
                        .map(setting -> setting.name() + " = " + setting.value())
                        .toList();
        if (set.isEmpty()) {
            return List.of();
        }
        Subject subject = new Subject(Subject.Kind.CLUSTER, "", platform.label());
        return List.of(
                Finding.of(
                                id(),
                                Severity.NOTICE,
                                subject,
                                "%d settings have no effect on %s: %s"
                                        .formatted(
                                                set.size(),
                                                platform.label(),
                                                String.join(", ", set)),
                                "The storage keeps the log itself, without checkpoints of the"
                                        + " server's: tuning them there is time lost.",
                                List.of(Measure.of("settings", set.size(), Quantity.COUNT)))
                        .with(
                                new ByHand(
                                        subject,
                                        "Take them out of " + platform.settingsPlace(),
                                        List.of())));
    }

    // https://www.postgresql.org/docs/current/sql-set-transaction.html
    private List<Finding> onRoles(List<RoleSettingFact> settings) {
        return settings.stream()
                .filter(setting -> OF_ONE_TRANSACTION.contains(setting.name()))
                .map(this::onRole)
                .toList();
    }

    private Finding onRole(RoleSettingFact setting) {
        String owner =
                setting.role()
                        .map(role -> "the role " + role)
                        .orElse("the database " + setting.database().orElse(""));
        Subject subject = Subject.setting(setting.name());
        return Finding.of(
                        id(),
                        Severity.WARNING,
                        subject,
                        "%s = %s, set for %s, holds for no transaction of it"
                                .formatted(setting.name(), setting.value(), owner),
                        "It belongs to a transaction and not to a session: sessions that are meant to"
                                + " be read-only can write.",
                        List.of())
                .with(
                        new ByHand(
                                subject,
                                "Set default_%s there instead".formatted(setting.name()),
                                List.of()));
    }
}
