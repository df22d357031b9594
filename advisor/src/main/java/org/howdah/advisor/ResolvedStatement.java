package org.howdah.advisor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A statement whose names were found in the catalog.
 *
 * @param uses of tables; those that could not be found are in {@code unknown}
 * @param unknown names of tables that are views, foreign, locked or not there
 * @param assigned the columns that it sets, by the table's oid
 * @param limits the parameters that say how many rows are wanted
 */
record ResolvedStatement(
        StatementShape shape,
        List<String> searchPath,
        List<TableUse> uses,
        List<String> unknown,
        Map<Long, Set<String>> assigned,
        Optional<KnownTable> inserted,
        Set<Integer> limits) {
    ResolvedStatement {
        searchPath = List.copyOf(searchPath);
        uses = List.copyOf(uses);
        unknown = List.copyOf(unknown);
        assigned = Map.copyOf(assigned);
        limits = Set.copyOf(limits);
    }
}
