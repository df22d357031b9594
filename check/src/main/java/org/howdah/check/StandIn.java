package org.howdah.check;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.IndexFact;

/**
 * An index that is to go because another does its work.
 *
 * @param by the other, which must stay: as long as both are there, its scans and those of the index
 *     may have gone to either
 */
record StandIn(IndexFact index, IndexFact by) {
    /** For each index on which the drop of others rests, the names of those others. */
    static Map<Long, Set<String>> needed(ClusterFacts facts) {
        IndexUsage usage = IndexUsage.of(facts);
        var indexes = facts.main().database().indexes().orNone();
        return Stream.concat(
                        DuplicateIndexCheck.pairs(indexes, usage),
                        RedundantIndexCheck.pairs(indexes, usage))
                .collect(
                        Collectors.groupingBy(
                                pair -> pair.by().oid(),
                                Collectors.mapping(
                                        pair -> pair.index().name(),
                                        Collectors.toCollection(java.util.TreeSet::new))));
    }
}
