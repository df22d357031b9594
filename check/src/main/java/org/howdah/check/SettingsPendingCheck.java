package org.howdah.check;

import java.util.List;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.FileSettingFact;
import org.howdah.postgres.SettingFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;

/** Settings that were changed and wait for a restart. */
final class SettingsPendingCheck implements Check {
    @Override
    public String id() {
        return "settings-pending-restart";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                facts.nodes()
                        .map(node ->
                                Outcome.of(
                                        node.server().settings(),
                                        rows ->
                                                rows.stream()
                                                        .filter(SettingFact::pendingRestart)
                                                        .map(setting ->
                                                                pending(
                                                                        node.node(),
                                                                        setting,
                                                                        node.server()
                                                                                .fileSettings()
                                                                                .orNone()))
                                                        .toList())));
    }

    // https://www.postgresql.org/docs/current/view-pg-settings.html
    private Finding pending(String node, SettingFact setting, List<FileSettingFact> lines) {
        String waiting =
                lines.stream()
                        .filter(line -> line.name().map(setting.name()::equals).orElse(false))
                        .flatMap(line -> line.value().stream())
                        .reduce((earlier, later) -> later)
                        .map(value -> ", " + value + " waits for a restart")
                        .orElse(", another value waits for a restart");
        return Finding.of(
                        id(),
                        Severity.NOTICE,
                        Subject.setting(setting.name()),
                        "%s is %s on %s%s"
                                .formatted(setting.name(), setting.value(), node, waiting),
                        "The server does not run as its files say, and the next restart, perhaps an"
                                + " unplanned one, changes it.",
                        List.of())
                .with(
                        new ByHand(
                                Subject.setting(setting.name()),
                                "Restart the server in a maintenance window, or take the change back",
                                List.of()));
    }
}
