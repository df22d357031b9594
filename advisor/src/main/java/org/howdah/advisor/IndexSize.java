package org.howdah.advisor;

import org.howdah.postgres.ColumnFact;

/**
 * How large an index will be.
 *
 * <p>https://www.postgresql.org/docs/current/btree.html#BTREE-IMPLEMENTATION and {@code
 * src/include/access/itup.h}: an entry is an 8-byte header, the keys aligned, and a 4-byte line
 * pointer in a page of 8152 usable bytes filled to 90 %. Equal keys are deduplicated to 6 bytes a
 * row.
 */
final class IndexSize {
    private static final double PAGE = 8192;
    private static final double USABLE = 8152 * 0.9;
    private static final double ENTRY_OVERHEAD = 12;
    private static final double POSTING = 6;

    /** A typical lexeme set or document has this many keys a row in a GIN index. */
    private static final double GIN_KEYS = 12;

    private IndexSize() {}

    static long bytes(IndexSpec spec) {
        return (long) (pages(spec) * PAGE);
    }

    static double pages(IndexSpec spec) {
        double rows = spec.table().rows() * fraction(spec);
        return switch (spec.method()) {
            case BTREE -> 1 + Math.max(1, treeBytes(spec, rows) / USABLE);
            case GIN -> 2 + rows * GIN_KEYS * 2 / USABLE;
            case BRIN -> 3 + spec.table().pages() / 128 * 24 / USABLE;
        };
    }

    private static double treeBytes(IndexSpec spec, double rows) {
        double width =
                spec.keys().stream()
                                .mapToDouble(
                                        key -> key.column().map(spec.table()::width).orElse(32.0))
                                .sum()
                        + spec.include().stream().mapToDouble(spec.table()::width).sum();
        double entry = ENTRY_OVERHEAD + Math.ceil(width / 8) * 8;
        double distinct = distinct(spec, rows);
        // Indexes with INCLUDE are not deduplicated.
        return spec.include().isEmpty() && distinct < rows / 2
                ? distinct * entry + rows * POSTING
                : rows * entry;
    }

    private static double distinct(IndexSpec spec, double rows) {
        double distinct = 1;
        for (IndexSpec.Key key : spec.keys()) {
            distinct *=
                    key.column()
                            .map(column -> spec.table().distinct(column).orElse(rows / 10))
                            .orElse(rows);
        }
        return Math.min(distinct, rows);
    }

    /** The part of the rows that a partial index has: unknown conditions count as a tenth. */
    private static double fraction(IndexSpec spec) {
        if (spec.where().isEmpty()) {
            return 1;
        }
        return spec.table().columns().stream()
                .filter(column -> spec.where().get().equals("\"" + column.name() + "\""))
                .findFirst()
                .map(IndexSize::trueShare)
                .orElse(0.1);
    }

    private static double trueShare(ColumnFact column) {
        int at = column.commonValues().indexOf("t");
        return at < 0 ? 0.1 : column.commonFrequencies().get(at);
    }
}
