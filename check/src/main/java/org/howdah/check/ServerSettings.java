package org.howdah.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.FileSettingFact;
import org.howdah.postgres.Hardware;
import org.howdah.postgres.Platform;
import org.howdah.postgres.SettingFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.SetSetting;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;

/** The settings in force on a node, in plain units, and the findings that rules make of them. */
final class ServerSettings {
    private final Map<String, SettingFact> byName;
    private final List<FileSettingFact> lines;
    private final Catalog node;

    private ServerSettings(List<SettingFact> settings, Catalog node) {
        this.byName =
                settings.stream().collect(Collectors.toMap(SettingFact::name, Function.identity()));
        this.lines = node.server().fileSettings().orNone();
        this.node = node;
    }

    /**
     * The findings of rules on the writer's settings, but for settings that its platform ignores.
     */
    static Outcome judge(ClusterFacts facts, Function<ServerSettings, Stream<Finding>> rules) {
        return judge(facts.main(), rules);
    }

    static Outcome judge(Catalog node, Function<ServerSettings, Stream<Finding>> rules) {
        return Outcome.of(
                node.server().settings(),
                rows -> {
                    ServerSettings settings = new ServerSettings(rows, node);
                    return rules.apply(settings)
                            .filter(finding ->
                                    !IgnoredSettings.on(settings.platform())
                                            .contains(finding.subject().name()))
                            .toList();
                });
    }

    /** Only where the settings are known; for checks of which settings are not the subject. */
    static Optional<ServerSettings> of(Catalog node) {
        List<SettingFact> rows = node.server().settings().orNone();
        return rows.isEmpty() ? Optional.empty() : Optional.of(new ServerSettings(rows, node));
    }

    Catalog node() {
        return node;
    }

    Platform platform() {
        return node.server().platform();
    }

    Hardware hardware() {
        return node.server().hardware();
    }

    Stream<SettingFact> all() {
        return byName.values().stream();
    }

    /** Whether the setting exists in this version and may be seen. */
    boolean has(String name) {
        return byName.containsKey(name);
    }

    String text(String name) {
        return Optional.ofNullable(byName.get(name)).map(SettingFact::value).orElse("");
    }

    boolean isOn(String name) {
        return text(name).equals("on");
    }

    boolean isOff(String name) {
        return text(name).equals("off");
    }

    /** In the setting's own unit; 0 for one that this version does not have. */
    double number(String name) {
        return has(name) ? Double.parseDouble(text(name)) : 0;
    }

    /** A size in bytes; negative where that means "automatic" or "none". */
    long bytes(String name) {
        double value = number(name);
        return value < 0 ? -1 : (long) (value * SettingUnits.bytes(unit(name)));
    }

    /** A time in seconds; negative where that means "never". */
    double seconds(String name) {
        double value = number(name);
        return value < 0 ? -1 : value * SettingUnits.seconds(unit(name));
    }

    /** The value as a person would write it: {@code 16MB}, {@code 300s}. */
    String show(String name) {
        String unit = unit(name);
        if (unit.isEmpty() || number(name) <= 0) {
            return text(name).isEmpty() ? "''" : text(name);
        }
        return unit.endsWith("B") ? SettingUnits.size(bytes(name)) : text(name) + unit;
    }

    private String unit(String name) {
        return Optional.ofNullable(byName.get(name)).flatMap(SettingFact::unit).orElse("");
    }

    OptionalLong memoryBytes() {
        return hardware().memoryBytes();
    }

    /** One finding on one setting, with the change that mends it. */
    Finding advise(
            String check,
            Severity severity,
            String name,
            String value,
            String summary,
            String why,
            Measure... measures) {
        return Finding.of(check, severity, Subject.setting(name), summary, why, List.of(measures))
                .with(change(name, value));
    }

    /** The same where only people can decide what to do. */
    Finding advise(
            String check,
            Severity severity,
            String name,
            Remedy remedy,
            String summary,
            String why,
            Measure... measures) {
        return Finding.of(check, severity, Subject.setting(name), summary, why, List.of(measures))
                .with(remedy);
    }

    /**
     * A new value by ALTER SYSTEM where the owner of the server may do that, else by hand. A
     * standby has a configuration of its own that the writer's ALTER SYSTEM does not reach.
     */
    Remedy change(String name, String value) {
        if (platform().isManaged()) {
            return byHand(
                    name, "Set %s to %s in %s".formatted(name, value, platform().settingsPlace()));
        }
        if (node.inRecovery()) {
            return byHand(name, "Set %s to %s on %s".formatted(name, value, node.node()));
        }
        return new SetSetting(name, value, previous(name), needsRestart(name));
    }

    static Remedy byHand(String name, String advice) {
        return new ByHand(Subject.setting(name), advice, List.of());
    }

    private boolean needsRestart(String name) {
        return Optional.ofNullable(byName.get(name))
                .map(setting -> setting.context().equals("postmaster"))
                .orElse(false);
    }

    /** What postgresql.auto.conf says now. */
    private Optional<String> previous(String name) {
        return lines.stream()
                .filter(FileSettingFact::byAlterSystem)
                .filter(line -> line.name().map(name::equals).orElse(false))
                .flatMap(line -> line.value().stream())
                .findFirst();
    }
}
