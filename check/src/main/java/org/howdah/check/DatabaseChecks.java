package org.howdah.check;

import java.util.List;

/** The checks of one database: tables, indexes, statistics, sequences, partitions. */
final class DatabaseChecks {
    private DatabaseChecks() {}

    static List<Check> all() {
        return List.of();
    }
}
