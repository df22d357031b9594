package org.howdah.check;

import java.util.Optional;
import java.util.function.Function;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;

/** Checks of counters that only the writer keeps: dead rows, VACUUM, ANALYZE, writes. */
final class Writer {
    private Writer() {}

    static Outcome only(ClusterFacts facts, Function<DatabaseFacts, Outcome> judge) {
        if (facts.main().inRecovery()) {
            return new Outcome.NotChecked(
                    "only the writer counts writes, and "
                            + facts.main().node()
                            + " is a reader; name the writer too",
                    Optional.empty());
        }
        return judge.apply(facts.main().database());
    }
}
