package org.howdah.advisor;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.postgres.StatementFact;

/**
 * A statement of one database with its counters since they were reset, those of all its roles
 * together.
 *
 * @param role that ran it, one of them
 * @param query with constants replaced by {@code $n}
 * @param seconds execution time of all calls together
 * @param rows retrieved or affected by all calls together
 */
record HeavyStatement(
        long queryId, Optional<String> role, String query, long calls, double seconds, long rows) {

    /** The heaviest first. */
    static List<HeavyStatement> of(List<StatementFact> facts, String database) {
        Map<Long, HeavyStatement> byId = new LinkedHashMap<>();
        for (StatementFact fact : facts) {
            if (fact.database().filter(database::equals).isPresent()) {
                byId.merge(fact.queryId(), of(fact), HeavyStatement::and);
            }
        }
        return byId.values().stream()
                .sorted(Comparator.comparingDouble(statement -> -statement.seconds()))
                .toList();
    }

    private static HeavyStatement of(StatementFact fact) {
        return new HeavyStatement(
                fact.queryId(),
                fact.role(),
                fact.query(),
                fact.calls(),
                fact.total().toNanos() / 1e9,
                fact.rows());
    }

    private HeavyStatement and(HeavyStatement other) {
        return new HeavyStatement(
                queryId,
                role.or(other::role),
                query,
                calls + other.calls,
                seconds + other.seconds,
                rows + other.rows);
    }

    double meanSeconds() {
        return seconds / Math.max(1, calls);
    }
}
