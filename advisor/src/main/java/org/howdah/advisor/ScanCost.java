package org.howdah.advisor;

/**
 * What a scan of an index that does not exist yet would cost, in the planner's units, by the
 * planner's formulas in short: {@code genericcostestimate}, {@code cost_index} and {@code
 * cost_bitmap_heap_scan} in {@code src/backend/optimizer/path/costsize.c} and {@code
 * src/backend/utils/adt/selfuncs.c}. Only good enough to choose what to build; whether it is used,
 * EXPLAIN says afterwards.
 */
final class ScanCost {
    /** Without a better estimate: how much of an index-only scan still visits the heap. */
    private static final double NOT_ALL_VISIBLE = 0.1;

    private final CostConstants prices;

    ScanCost(CostConstants prices) {
        this.prices = prices;
    }

    /**
     * @param rows that the index conditions let through, of one scan
     * @param indexOnly whether the heap is needed only where it is not all visible
     */
    double of(IndexSpec spec, double rows, boolean indexOnly) {
        double wanted = Math.max(1, Math.min(rows, spec.table().rows()));
        double share = wanted / Math.max(1, spec.table().rows());
        double index =
                switch (spec.method()) {
                    case BTREE -> leaves(spec, share) + descent(spec.table().rows());
                    case GIN -> leaves(spec, share) + 2 * prices.randomPage();
                    // All of a BRIN index is read; it is tiny.
                    case BRIN -> prices.randomPage() + spec.table().pages() / 128 / 100;
                };
        double entries = wanted * (prices.indexTuple() + prices.operator());
        double heap = Math.min(bitmapHeap(spec, wanted), plainHeap(spec, wanted, share));
        double visits = indexOnly ? heap * NOT_ALL_VISIBLE : heap;
        return index + entries + visits + wanted * prices.tuple();
    }

    private double leaves(IndexSpec spec, double share) {
        return prices.randomPage() * Math.max(1, Math.ceil(share * IndexSize.pages(spec)));
    }

    private double descent(double rows) {
        return Math.ceil(Math.log(Math.max(2, rows)) / Math.log(2)) * prices.operator()
                + 3 * 50 * prices.operator();
    }

    /** Mackert and Lohman's number of pages, each a little dearer than in sequence. */
    private double bitmapHeap(IndexSpec spec, double rows) {
        double all = spec.table().pages();
        double pages = Math.min(all, 2 * all * rows / (2 * all + rows));
        double price =
                pages >= 2
                        ? prices.randomPage()
                                - (prices.randomPage() - prices.sequentialPage())
                                        * Math.sqrt(pages / all)
                        : prices.randomPage();
        return Math.ceil(pages) * price + rows * prices.operator();
    }

    private double plainHeap(IndexSpec spec, double rows, double share) {
        if (spec.method() != IndexSpec.Method.BTREE) {
            return Double.MAX_VALUE;
        }
        double all = spec.table().pages();
        double scattered = Math.min(all, 2 * all * rows / (2 * all + rows)) * prices.randomPage();
        double inOrder =
                prices.randomPage()
                        + Math.max(0, Math.ceil(share * all) - 1) * prices.sequentialPage();
        double correlation = correlation(spec);
        return scattered + correlation * correlation * (inOrder - scattered);
    }

    private static double correlation(IndexSpec spec) {
        double first =
                spec.keys()
                        .getFirst()
                        .column()
                        .flatMap(spec.table()::column)
                        .map(column -> column.correlation().orElse(0))
                        .orElse(0.0);
        // As the planner: further columns make it a quarter less sure.
        return spec.keys().size() > 1 ? first * 0.75 : first;
    }
}
