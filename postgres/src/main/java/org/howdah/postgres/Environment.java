package org.howdah.postgres;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a process inherits: its environment variables, the home directory and the name of its user.
 */
public record Environment(Map<String, String> variables, Path home, String user) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** As in libpq, the variable {@code HOME} counts more than the list of accounts. */
    public static Environment ofProcess() {
        String home = System.getenv().getOrDefault("HOME", "");
        return new Environment(
                System.getenv(),
                Path.of(home.isBlank() ? System.getProperty("user.home") : home),
                System.getProperty("user.name"));
    }

    /** The variable's value; none where it is unset or empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }
}
