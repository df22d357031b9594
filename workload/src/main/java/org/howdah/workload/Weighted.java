package org.howdah.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Values of which some are more frequent than others. */
final class Weighted<T> {
    private final List<T> values = new ArrayList<>();
    private final double[] bounds;

    Weighted(Map<? extends T, Double> weights) {
        bounds = new double[weights.size()];
        double sum = 0;
        int i = 0;
        for (Map.Entry<? extends T, Double> entry : weights.entrySet()) {
            double weight = entry.getValue();
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("a weight of " + weight);
            }
            sum += weight;
            bounds[i++] = sum;
            values.add(entry.getKey());
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("weights that sum to nothing");
        }
    }

    T pick(RandomGenerator random) {
        double point = random.nextDouble() * bounds[bounds.length - 1];
        for (int i = 0; i < bounds.length - 1; i++) {
            if (point < bounds[i]) {
                return values.get(i);
            }
        }
        return values.getLast();
    }
}
