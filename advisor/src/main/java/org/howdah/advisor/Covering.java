package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether an index should carry further columns, so that the heap need not be visited. See
 * https://www.postgresql.org/docs/current/indexes-index-only-scans.html.
 */
final class Covering {
    /** Wider entries make the index as slow to read as the table. */
    private static final double WIDEST = 64;

    private static final int MOST_COLUMNS = 5;

    private final Map<Long, Set<String>> assigned;

    /**
     * @param assigned the columns that statements change, by the table's oid: with one of them in
     *     an index, no update of it is heap-only any more
     */
    Covering(Map<Long, Set<String>> assigned) {
        this.assigned = assigned;
    }

    /** The index as it is, and with all columns that the use needs where that makes sense. */
    List<IndexSpec> variants(IndexSpec spec, TableUse use) {
        List<String> missing =
                use.columns().stream()
                        .filter(column -> !spec.columns().contains(column))
                        .sorted()
                        .toList();
        boolean sensible =
                spec.method() == IndexSpec.Method.BTREE
                        && !use.heap()
                        && !missing.isEmpty()
                        && spec.keys().stream().allMatch(key -> key.column().isPresent())
                        && affordable(spec, missing);
        List<IndexSpec> variants = new ArrayList<>(List.of(spec));
        if (sensible) {
            variants.add(spec.including(missing));
        }
        return variants;
    }

    boolean affordable(IndexSpec spec, List<String> include) {
        double width = include.stream().mapToDouble(spec.table()::width).sum();
        Set<String> changing = assigned.getOrDefault(spec.table().oid(), Set.of());
        return include.size() <= MOST_COLUMNS
                && width <= WIDEST
                && include.stream().noneMatch(changing::contains);
    }
}
