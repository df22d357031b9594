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

    int complexity() {
        return specs.stream()
                .mapToInt(
                        spec ->
                                2 * spec.keys().size()
                                        + 2 * spec.include().size()
                                        + (spec.where().isPresent() ? 1 : 0))
                .sum();
    }

    double pages() {
        return specs.stream().mapToDouble(IndexSize::pages).sum();
    }
}
