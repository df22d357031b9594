package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The timelines of a writer: its own, and where it left each one before.
 *
 * @param forks position at which each ancestor was left, by its number
 */
record Timelines(int current, Map<Integer, Long> forks) {

    static Timelines of(Server writer) {
        String file =
                Sql.on(writer)
                        .text("SELECT pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn())");
        int current = Integer.parseInt(file.substring(0, 8), 16);
        Path history = writer.data().resolve("pg_wal/%08X.history".formatted(current));
        Map<Integer, Long> forks = new TreeMap<>();
        try {
            if (Files.exists(history)) {
                Files.readAllLines(history).forEach(line -> read(line, forks));
            }
        } catch (IOException unreadable) {
            // Without its history nothing is known to be an ancestor: readers are cloned again.
        }
        return new Timelines(current, forks);
    }

    /** Lines are: number, position, reason; separated by tabs. */
    private static void read(String line, Map<Integer, Long> forks) {
        String[] fields = line.strip().split("\t", -1);
        if (fields.length >= 2 && !fields[0].startsWith("#")) {
            forks.put(Integer.parseInt(fields[0]), position(fields[1]));
        }
    }

    /** A position as PostgreSQL writes it, "0/3000148", in bytes. */
    static long position(String text) {
        int slash = text.indexOf('/');
        return (Long.parseLong(text.substring(0, slash), 16) << 32)
                | Long.parseLong(text.substring(slash + 1), 16);
    }

    /** Where that timeline was left; the end of all WAL for the current one. */
    OptionalLong endOf(int timeline) {
        if (timeline == current) {
            return OptionalLong.of(Long.MAX_VALUE);
        }
        Long fork = forks.get(timeline);
        return fork == null ? OptionalLong.empty() : OptionalLong.of(fork);
    }
}
