package org.howdah.postgres;

import java.util.Map;
import java.util.Optional;

/**
 * Estimates bloat from the number of rows and the average widths of their columns: the pages that
 * the live rows would fill if they were written anew, against the pages that there are.
 *
 * <p>A heap row takes a header of 23 bytes, a null bitmap where it has nulls, its values, all
 * rounded up to 8, and a line pointer of 4; a page of 8192 has a header of 24. A B-tree entry takes
 * 8 bytes, its values, rounded up to 8, and a line pointer; equal keys are stored once with 6 bytes
 * for each row in lists of at most a third of a page; a page has a header of 24, 16 bytes of its
 * own and a high key.
 *
 * <p>What is not known goes into the error: the bytes between values for alignment, the rounding of
 * rows of varying width, the number of rows (ANALYZE samples), the number of distinct keys. Values
 * that are stored out of line count as the 18 bytes that they take in the heap. A B-tree filled in
 * random order is naturally some 70 % full, an index built anew 90 %.
 *
 * <p>https://www.postgresql.org/docs/current/storage-page-layout.html,
 * https://www.postgresql.org/docs/current/btree.html#BTREE-DEDUPLICATION
 */
public final class BloatEstimate {
    private static final int PAGE = 8192;
    private static final int PAGE_HEADER = 24;
    private static final int LINE_POINTER = 4;
    private static final int HEAP_TUPLE_HEADER = 23;
    private static final int INDEX_TUPLE_HEADER = 8;
    private static final int BTREE_SPECIAL = 16;
    private static final int ROW_POINTER = 6;

    /** BTMaxItemSize: three items must fit on a page. */
    private static final int LARGEST_ITEM = 2704;

    /** Inner pages of a B-tree are built 70 % full. */
    private static final double INNER_FILL = 0.70;

    /** ANALYZE's estimate of the number of rows, on evenly filled tables. */
    private static final double ROWS_ERROR = 0.02;

    /** How full pages of entries of different sizes come out, beside the number of rows. */
    private static final double PACKING_ERROR = 0.05;

    /** By how much ANALYZE commonly underestimates the number of distinct values. */
    private static final double DISTINCT_ERROR = 4;

    private BloatEstimate() {}

    /** None where a column has no statistics. */
    public static Optional<Bloat> ofHeap(RelationFact relation, RowWidthFact width) {
        if (width.analyzedColumns() < width.columns() || relation.lastAnalyzed().isEmpty()) {
            return Optional.empty();
        }
        int bitmap = width.nullable() ? (relation.columns() + 7) / 8 : 0;
        Width row =
                Width.of(
                        aligned(HEAP_TUPLE_HEADER + bitmap),
                        width.dataBytes(),
                        width.paddingBytes(),
                        width.nullable());
        double usable = (PAGE - PAGE_HEADER) * fillFactor(relation.options(), 100);
        double needed = heapBytes(relation.rows(), row.bytes(), usable);
        double most = heapBytes(relation.rows(), row.bytes() + row.error(), usable);
        return Optional.of(
                estimate(relation.heapBytes(), needed, most - needed + needed * ROWS_ERROR));
    }

    /** None for other access methods than B-tree and where a column has no statistics. */
    public static Optional<Bloat> ofIndex(
            IndexFact index, RelationFact relation, KeyWidthFact width) {
        if (!index.accessMethod().equals("btree")
                || width.analyzedColumns() < width.columns()
                || relation.lastAnalyzed().isEmpty()) {
            return Optional.empty();
        }
        double entries = entries(index, relation);
        Width item =
                Width.of(
                        INDEX_TUPLE_HEADER,
                        width.dataBytes(),
                        width.paddingBytes(),
                        width.nullable());
        double usable =
                (PAGE - PAGE_HEADER - BTREE_SPECIAL) * fillFactor(index.options(), 90)
                        - item.bytes();
        double distinct = Math.clamp(width.distinctKeys(), 1, Math.max(1, entries));
        double needed = indexBytes(entries, item.bytes(), distinct, width.deduplicates(), usable);
        double wider =
                indexBytes(
                        entries,
                        item.bytes() + item.error(),
                        Math.min(distinct * DISTINCT_ERROR, Math.max(1, entries)),
                        width.deduplicates(),
                        usable);
        return Optional.of(
                estimate(index.bytes(), needed, Math.abs(wider - needed) + needed * PACKING_ERROR));
    }

    private static Bloat estimate(long wholeBytes, double neededBytes, double errorBytes) {
        return new Bloat(
                Math.max(0, wholeBytes - Math.round(neededBytes)),
                Math.round(errorBytes),
                Bloat.Method.ESTIMATE);
    }

    private static double heapBytes(double rows, double rowBytes, double usable) {
        double rowsOfPage = Math.max(1, Math.floor(usable / (rowBytes + LINE_POINTER)));
        return Math.ceil(rows / rowsOfPage) * PAGE;
    }

    private static double indexBytes(
            double entries,
            double itemBytes,
            double distinct,
            boolean deduplicates,
            double usable) {
        double plain = entries * (itemBytes + LINE_POINTER);
        double leaves = plain;
        if (deduplicates) {
            double listLength = Math.max(1, (LARGEST_ITEM - itemBytes) / ROW_POINTER);
            double lists = distinct * Math.ceil(entries / distinct / listLength);
            leaves = Math.min(plain, entries * ROW_POINTER + lists * (itemBytes + LINE_POINTER));
        }
        double leafPages = Math.ceil(leaves / Math.max(1, usable));
        double innerPages =
                Math.ceil(
                        leafPages
                                * (itemBytes + LINE_POINTER)
                                / ((PAGE - PAGE_HEADER) * INNER_FILL));
        return (leafPages + innerPages + 1) * PAGE;
    }

    /** The entries now: those of the last VACUUM or ANALYZE, grown as the table has grown. */
    private static double entries(IndexFact index, RelationFact relation) {
        double rowsThen = relation.estimatedRows().orElse(0);
        if (index.entries().isEmpty() || rowsThen <= 0) {
            return relation.rows();
        }
        return index.entries().getAsDouble() * relation.rows() / rowsThen;
    }

    private static double fillFactor(Map<String, String> options, int otherwise) {
        return Integer.parseInt(options.getOrDefault("fillfactor", String.valueOf(otherwise)))
                / 100.0;
    }

    private static double aligned(double bytes) {
        return Math.ceil(bytes / 8) * 8;
    }

    /**
     * Of a row or an entry.
     *
     * @param error how much wider or narrower it may be
     */
    private record Width(double bytes, double error) {
        /**
         * Of rows that are all equally wide the rounding is known, of others it is 3.5 on average.
         */
        static Width of(double header, double data, double padding, boolean nullable) {
            boolean fixed = padding == 0 && !nullable && data == Math.rint(data);
            return fixed
                    ? new Width(aligned(header + data), 0)
                    : new Width(header + data + padding + 3.5, padding + 3.5);
        }
    }
}
