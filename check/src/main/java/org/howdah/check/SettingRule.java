package org.howdah.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;

/**
 * A rule on one setting that looks at nothing but settings.
 *
 * @param broken when it speaks; never asked where the server does not have the setting
 * @param right the value to set; empty where only people can choose one
 * @param fault what is wrong, read behind {@code name = value}
 */
record SettingRule(
        Severity severity,
        String name,
        Predicate<ServerSettings> broken,
        Optional<String> right,
        String fault,
        String why) {

    static SettingRule of(
            Severity severity,
            String name,
            Predicate<ServerSettings> broken,
            String right,
            String fault,
            String why) {
        return new SettingRule(severity, name, broken, Optional.of(right), fault, why);
    }

    /** A rule on a switch that should be on. */
    static SettingRule on(Severity severity, String name, String fault, String why) {
        return of(severity, name, settings -> settings.isOff(name), "on", fault, why);
    }

    /** A rule on a switch that should be off. */
    static SettingRule off(Severity severity, String name, String fault, String why) {
        return of(severity, name, settings -> settings.isOn(name), "off", fault, why);
    }

    /** A rule whose remedy is a decision. */
    static SettingRule byHand(
            Severity severity,
            String name,
            Predicate<ServerSettings> broken,
            String fault,
            String why) {
        return new SettingRule(severity, name, broken, Optional.empty(), fault, why);
    }

    static Stream<Finding> apply(String check, List<SettingRule> rules, ServerSettings settings) {
        return rules.stream()
                .filter(rule -> settings.has(rule.name))
                .filter(rule -> rule.broken.test(settings))
                .map(rule -> rule.finding(check, settings));
    }

    private Finding finding(String check, ServerSettings settings) {
        String summary = "%s = %s: %s".formatted(name, settings.show(name), fault);
        return right.map(value -> settings.advise(check, severity, name, value, summary, why))
                .orElseGet(() ->
                        settings.advise(
                                check,
                                severity,
                                name,
                                ServerSettings.byHand(name, "Choose a value of " + name),
                                summary,
                                why));
    }
}
