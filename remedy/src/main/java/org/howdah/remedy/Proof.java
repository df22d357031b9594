package org.howdah.remedy;

import java.util.List;

/**
 * A statement whose plan must use a new index.
 *
 * @param statement the statement as the server knows it, with {@code $n} parameters
 * @param values literals for the parameters, in order, quoted and cast as SQL: {@code '42'::bigint}
 * @param searchPath the schemas of its unqualified names; empty for the table's own and {@code
 *     public}
 * @param costBefore what its plan cost without the index, in the planner's units
 */
public record Proof(
        long queryId,
        String statement,
        List<String> values,
        List<String> searchPath,
        double costBefore) {
    public Proof {
        values = List.copyOf(values);
        searchPath = List.copyOf(searchPath);
    }
}
