package org.howdah.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.FileSettingFact;
import org.howdah.postgres.SettingFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;

/** Lines of the configuration files that the server cannot take. */
final class SettingsFileCheck implements Check {
    @Override
    public String id() {
        return "settings-file-errors";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                facts.nodes()
                        .map(node ->
                                Outcome.of(
                                        node.server().fileSettings(),
                                        lines -> errors(node, lines))));
    }

    /** A line that waits for a restart has an error too; it is another check's. */
    private List<Finding> errors(Catalog node, List<FileSettingFact> lines) {
        Set<String> pending =
                node.server().settings().orNone().stream()
                        .filter(SettingFact::pendingRestart)
                        .map(SettingFact::name)
                        .collect(Collectors.toSet());
        return lines.stream()
                .filter(line -> line.error().isPresent())
                .filter(line -> !line.name().map(pending::contains).orElse(false))
                .map(this::finding)
                .toList();
    }

    // https://www.postgresql.org/docs/current/view-pg-file-settings.html
    private Finding finding(FileSettingFact line) {
        String place = line.file().orElse("the configuration") + " line " + line.line().orElse(0);
        Subject subject = Subject.setting(line.name().orElse(place));
        return Finding.of(
                        id(),
                        Severity.CRITICAL,
                        subject,
                        "%s: %s".formatted(place, line.error().orElse("")),
                        "A reload takes nothing from files with an error, and the next restart"
                                + " fails.",
                        List.of())
                .with(new ByHand(subject, "Correct " + place + ", then reload", List.of()));
    }
}
