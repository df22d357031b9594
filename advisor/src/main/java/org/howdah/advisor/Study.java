package org.howdah.advisor;

import java.util.List;
import org.howdah.postgres.Plan;

/**
 * A statement with its plans for several sets of values.
 *
 * @param sql as it can be prepared
 * @param sampled whether it is as an application sent it, with its constants
 */
record Study(
        HeavyStatement statement,
        String sql,
        boolean sampled,
        ResolvedStatement resolved,
        List<Trial> trials) {
    record Trial(Binding binding, Plan plan) {}

    Study {
        trials = List.copyOf(trials);
    }

    double cost() {
        return trials.stream().mapToDouble(trial -> trial.plan().cost()).average().orElse(0);
    }
}
