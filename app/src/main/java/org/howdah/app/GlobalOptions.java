package org.howdah.app;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What may be said with every command. */
final class GlobalOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The configuration (default: howdah.yaml here or in ~/.config/howdah).")
    private @Nullable Path configuration;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one JSON document for programs.")
    private boolean json;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "Print without colors, as with the variable NO_COLOR.")
    private boolean noColor;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Say more on standard error, with stack traces.")
    private boolean debug;

    Optional<Path> configuration() {
        return Optional.ofNullable(configuration);
    }

    boolean json() {
        return json;
    }

    boolean noColor() {
        return noColor;
    }

    boolean debug() {
        return debug;
    }
}
