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

    public static Environment ofProcess() {
        return new Environment(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                System.getProperty("user.name"));
    }

    /** The variable's value; none where it is unset or empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }
}
