package org.howdah.embedded;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How one server is made and run.
 *
 * @param port the TCP port on 127.0.0.1; empty: a free one
 * @param settings lines of the configuration file, over ours and under {@code ALTER SYSTEM}
 * @param checksums whether a new data directory has data checksums
 * @param access who may log in; takes effect when a data directory is made
 * @param patience how long a start, a stop or a promotion may take
 */
public record ServerOptions(
        int major,
        OptionalInt port,
        Map<String, String> settings,
        Lifetime lifetime,
        boolean checksums,
        Access access,
        Duration patience) {

    static final int HIGHEST_PORT = 65_535;

    public ServerOptions {
        settings = Map.copyOf(settings);
        if (major < Binaries.OLDEST || major > Binaries.NEWEST) {
            throw EmbeddedException.usage(
                    "PostgreSQL " + major + " cannot be run on this machine.",
                    "Choose a major version from "
                            + Binaries.OLDEST
                            + " to "
                            + Binaries.NEWEST
                            + ".");
        }
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > HIGHEST_PORT)) {
            throw EmbeddedException.usage(
                    "There is no TCP port " + port.getAsInt() + ".",
                    "Choose one between 1 and " + HIGHEST_PORT + ", or leave it out.");
        }
    }

    /** PostgreSQL 18 on a free port, tied to this process, with data checksums and a password. */
    public static ServerOptions defaults() {
        return new ServerOptions(
                Binaries.NEWEST,
                OptionalInt.empty(),
                Map.of(),
                Lifetime.TIED,
                true,
                Access.PASSWORD,
                Duration.ofSeconds(60));
    }

    /**
     * As fast as PostgreSQL gets when nobody needs the data tomorrow: no fsync, no checksums,
     * little memory. A crash of the server loses nothing (the page cache survives), only one of the
     * machine.
     */
    public static ServerOptions throwaway() {
        return defaults()
                .withChecksums(false)
                .withAccess(Access.TRUST)
                .withSettings(
                        Map.of(
                                "fsync", "off",
                                "full_page_writes", "off",
                                // In files of the data directory: nothing is left after a crash.
                                "dynamic_shared_memory_type", "mmap",
                                "shared_buffers", "16MB",
                                "max_wal_size", "256MB",
                                "max_connections", "50"));
    }

    public ServerOptions withMajor(int newMajor) {
        return new ServerOptions(newMajor, port, settings, lifetime, checksums, access, patience);
    }

    public ServerOptions withPort(int newPort) {
        OptionalInt chosen = OptionalInt.of(newPort);
        return new ServerOptions(major, chosen, settings, lifetime, checksums, access, patience);
    }

    /** Adds to the settings; the new ones win. */
    public ServerOptions withSettings(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(settings);
        all.putAll(more);
        return new ServerOptions(major, port, all, lifetime, checksums, access, patience);
    }

    public ServerOptions withSetting(String name, String value) {
        return withSettings(Map.of(name, value));
    }

    public ServerOptions withLifetime(Lifetime newLifetime) {
        return new ServerOptions(major, port, settings, newLifetime, checksums, access, patience);
    }

    public ServerOptions withChecksums(boolean newChecksums) {
        return new ServerOptions(major, port, settings, lifetime, newChecksums, access, patience);
    }

    public ServerOptions withAccess(Access newAccess) {
        return new ServerOptions(major, port, settings, lifetime, checksums, newAccess, patience);
    }

    public ServerOptions withPatience(Duration newPatience) {
        return new ServerOptions(major, port, settings, lifetime, checksums, access, newPatience);
    }
}
