package org.howdah.advisor;

import java.util.List;

/**
 * Indexes for one use of a table: one, or one for each arm of a disjunction.
 *
 * @param gains in the planner's units, one for each trial of the study
 * @param share the part of the statement's cost that is saved, 0 to 1, on average
 */
record Choice(Study study, TableUse use, List<IndexSpec> specs, List<Double> gains, double share) {
    Choice {
        specs = List.copyOf(specs);
        gains = List.copyOf(gains);
    }

    double gain() {
        return gains.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /**
     * How much harder it is to justify than another that saves as much. A last key by which rows
     * are ranged or sorted costs little where it is narrow, and helps those values of the first
     * keys that have many rows.
     */
    int complexity() {
        return specs.stream().mapToInt(Choice::complexity).sum() + 3 * (specs.size() - 1);
    }

    private static int complexity(IndexSpec spec) {
        int tail = 0;
        for (IndexSpec.Key key : spec.keys().subList(spec.pinned(), spec.keys().size())) {
            boolean narrow =
                    key.column()
                            .flatMap(spec.table()::column)
                            .filter(column -> column.byteLength() > 0 && column.byteLength() <= 8)
                            .isPresent();
            tail += narrow && spec.pinned() > 0 ? -1 : 2;
        }
        return 2 * spec.pinned()
                + tail
                + 2 * spec.include().size()
                + (spec.where().isPresent() ? 1 : 0);
    }

    double pages() {
        return specs.stream().mapToDouble(IndexSize::pages).sum();
    }
}
