package org.howdah.check;

import org.howdah.cluster.ClusterFacts;

/**
 * One thing that can be wrong with a cluster: facts in, findings out. Its thresholds live in it.
 */
public interface Check {
    /** Stable and kebab-case; {@code docs/checks/<id>.md} is its page. */
    String id();

    Outcome run(ClusterFacts facts);
}
