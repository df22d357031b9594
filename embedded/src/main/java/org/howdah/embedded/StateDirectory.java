package org.howdah.embedded;

import java.nio.file.Path;
import java.util.Map;

/** Where Howdah keeps what outlives a run: unpacked binaries, templates, clusters. */
public record StateDirectory(Path root) {

    public StateDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * {@code HOWDAH_STATE}; else for root {@code /var/lib/howdah}; else {@code
     * $XDG_STATE_HOME/howdah} or {@code ~/.local/state/howdah}.
     */
    public static StateDirectory of(Map<String, String> environment, Path home) {
        String chosen = environment.getOrDefault("HOWDAH_STATE", "");
        if (!chosen.isBlank()) {
            return new StateDirectory(Path.of(chosen));
        }
        if (Posix.effectiveUser() == 0) {
            return new StateDirectory(Path.of("/var/lib/howdah"));
        }
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = xdg.isBlank() ? home.resolve(".local/state") : Path.of(xdg);
        return new StateDirectory(base.resolve("howdah"));
    }

    /** Unpacked PostgreSQL binaries, one directory for each archive. */
    Path binaries() {
        return root.resolve("binaries");
    }

    /** Data directories fresh from initdb, copied for each new server. */
    Path templates() {
        return root.resolve("templates");
    }

    /** One file for each server that was started, to find what a killed Howdah left behind. */
    Path servers() {
        return root.resolve("servers");
    }
}
