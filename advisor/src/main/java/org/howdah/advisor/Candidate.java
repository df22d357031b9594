package org.howdah.advisor;

import java.util.List;

/**
 * An index that one use of a table might profit from.
 *
 * @param bound the predicates that it would answer
 * @param ordered whether it would give the rows in the order that is wanted
 */
record Candidate(IndexSpec spec, List<Predicate> bound, boolean ordered) {
    Candidate {
        bound = List.copyOf(bound);
    }

    /** Whether rows of other tables look things up in it. */
    boolean probed() {
        return bound.stream().anyMatch(Predicate::foreign);
    }
}
