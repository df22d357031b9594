package org.howdah.advisor;

import java.util.ArrayList;
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

    /**
     * The predicates that it answers with these values: behind the first key without one, nothing
     * narrows the scan any more.
     */
    List<Predicate> boundWith(Binding binding) {
        List<Predicate> active = bound.stream().filter(binding::activates).toList();
        if (active.size() == bound.size()) {
            return bound;
        }
        List<Predicate> usable = new ArrayList<>();
        for (IndexSpec.Key key : spec.keys()) {
            List<Predicate> here =
                    active.stream()
                            .filter(p -> IndexSpec.Key.of(p.key()).sql().equals(key.sql()))
                            .toList();
            if (here.isEmpty()) {
                break;
            }
            usable.addAll(here);
        }
        return usable;
    }
}
