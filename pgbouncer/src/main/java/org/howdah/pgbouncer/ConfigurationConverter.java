package org.howdah.pgbouncer;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.howdah.proxy.Problems;
import org.howdah.proxy.Quoted;
import org.howdah.proxy.RawEntry;
import org.howdah.proxy.RawSettings;
import org.howdah.proxy.RawValue;
import org.howdah.proxy.SettingKey;
import org.howdah.proxy.SettingKey.Scope;
import org.howdah.proxy.SettingKeys;

/**
 * Writes PgBouncer's settings as the section {@code proxy} of {@code howdah.yaml}. Passwords are
 * not written: a variable of the environment takes the place of each.
 */
public final class ConfigurationConverter {
    private final RawSettings raw;
    private final Problems problems;
    private final StringBuilder yaml = new StringBuilder();
    private final Map<String, String> variables = new LinkedHashMap<>();

    private ConfigurationConverter(RawSettings raw, Problems problems) {
        this.raw = raw;
        this.problems = problems;
    }

    /**
     * The section, and what stands for which password.
     *
     * @param yaml text that ends with a line feed
     * @param variables the name of the variable of the environment for each database whose password
     *     was written in its connection string
     */
    public record Converted(String yaml, Map<String, String> variables) {

        public Converted {
            variables = Map.copyOf(variables);
        }
    }

    /**
     * @param raw must be free of errors
     * @param problems gets a warning for each password, and a note for each key that is left out
     */
    public static Converted convert(RawSettings raw, Problems problems) {
        return new ConfigurationConverter(raw, problems).convert();
    }

    private Converted convert() {
        yaml.append("proxy:\n");
        int before = yaml.length();
        raw.global().forEach((key, value) -> value(Scope.GLOBAL, "  ", key, value));
        entries("databases", Scope.DATABASE, raw.databases());
        entries("users", Scope.USER, raw.users());
        if (!raw.peers().isEmpty()) {
            RawEntry first = raw.peers().values().iterator().next();
            problems.note(
                    first.at(),
                    "peers are not converted",
                    "One process has as many loops as it needs");
        }
        if (yaml.length() == before) {
            yaml.insert(before - 1, " {}");
        }
        return new Converted(yaml.toString(), variables);
    }

    private void value(Scope scope, String indentation, String key, RawValue value) {
        Optional<SettingKey<?>> known = SettingKeys.find(scope, key);
        if (known.filter(found -> !found.ineffective().isEmpty()).isPresent()) {
            problems.note(
                    value.at(),
                    key + " is not converted: it has no effect",
                    "It may go: " + known.get().ineffective());
            return;
        }
        line(indentation, key, value.text());
    }

    private void line(String indentation, String key, String text) {
        yaml.append(indentation)
                .append(YamlText.scalar(key))
                .append(": ")
                .append(YamlText.scalar(text))
                .append('\n');
    }

    private void entries(String section, Scope scope, Map<String, RawEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        yaml.append("  ").append(section).append(":\n");
        entries.values().forEach(entry -> entry(scope, entry));
    }

    private void entry(Scope scope, RawEntry entry) {
        yaml.append("    ").append(YamlText.scalar(entry.name())).append(':');
        yaml.append(entry.values().isEmpty() ? " {}\n" : "\n");
        entry.values()
                .forEach((key, value) -> {
                    if (key.equals("password")) {
                        password(entry, value);
                    } else {
                        value(scope, "      ", key, value);
                    }
                });
    }

    private void password(RawEntry entry, RawValue value) {
        String variable = variable(entry.name());
        variables.put(entry.name(), variable);
        line("      ", "password_variable", variable);
        problems.warning(
                value.at(),
                "the password of database %s is not converted".formatted(Quoted.of(entry.name())),
                "Set the environment's variable %s to it, or put it into auth_file and remove password_variable"
                        .formatted(variable));
    }

    /** Of the database's name what a variable may have, and a number where that is taken. */
    private String variable(String database) {
        String name =
                "HOWDAH_PASSWORD_"
                        + (database.equals("*")
                                ? "ANY"
                                : database.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
        String free = name;
        for (int i = 2; variables.containsValue(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }
}
