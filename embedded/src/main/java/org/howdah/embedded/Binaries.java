package org.howdah.embedded;

import java.nio.file.Path;

/**
 * An unpacked PostgreSQL.
 *
 * @param key what tells it from others: the archive's size and checksum
 */
public record Binaries(int major, String key, Path home) {

    public static final int OLDEST = 14;
    public static final int NEWEST = 18;

    public Path postgres() {
        return home.resolve("bin/postgres");
    }

    public Path initdb() {
        return home.resolve("bin/initdb");
    }
}
