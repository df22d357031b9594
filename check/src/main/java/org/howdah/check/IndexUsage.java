package org.howdah.check;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.DatabaseFact;
import org.howdah.postgres.Facts;
import org.howdah.postgres.IndexFact;

/**
 * How often the indexes of a cluster were used, summed over all its nodes: an index that the writer
 * never uses may be what a reader lives on. A partitioned index has the uses of all its partitions.
 *
 * @param scans by the oid of the index, or of the partitioned index to which it belongs in the end
 * @param bytes likewise
 * @param observed how long the youngest of the nodes' counters have counted at least: counters that
 *     were never reset nor lost are at least as old as the server's start; none where a node does
 *     not tell
 */
record IndexUsage(Map<Long, Long> scans, Map<Long, Long> bytes, Optional<Duration> observed) {
    /** Why usage cannot be known, if it cannot. */
    static Optional<Outcome> gap(ClusterFacts facts) {
        if (!facts.unreachable().isEmpty()) {
            return Optional.of(
                    new Outcome.NotChecked(
                            "a node could not be read and may use what others do not: "
                                    + String.join("; ", facts.unreachable()),
                            Optional.empty()));
        }
        for (Catalog node : facts.nodes().toList()) {
            if (node.database().indexes() instanceof Facts.Unknown<IndexFact> unknown) {
                return Optional.of(
                        new Outcome.NotChecked(
                                "the indexes of %s could not be read: %s"
                                        .formatted(node.node(), unknown.reason()),
                                unknown.grant()));
            }
        }
        return Optional.empty();
    }

    static IndexUsage of(ClusterFacts facts) {
        Map<Long, Long> scans = new HashMap<>();
        Map<Long, Long> bytes = new HashMap<>();
        Map<Long, IndexFact> own =
                facts.main().database().indexes().orNone().stream()
                        .collect(Collectors.toMap(IndexFact::oid, Function.identity()));
        own.values().forEach(index -> bytes.merge(root(index, own), index.bytes(), Long::sum));
        for (Catalog node : facts.nodes().toList()) {
            for (IndexFact index : node.database().indexes().orNone()) {
                scans.merge(root(index, own), index.scans(), Long::sum);
            }
        }
        List<Optional<Duration>> ages = facts.nodes().map(IndexUsage::counted).toList();
        Optional<Duration> youngest =
                ages.stream().allMatch(Optional::isPresent)
                        ? ages.stream().flatMap(Optional::stream).min(Duration::compareTo)
                        : Optional.empty();
        return new IndexUsage(scans, bytes, youngest);
    }

    long scansOf(IndexFact index) {
        return scans.getOrDefault(index.oid(), 0L);
    }

    long bytesOf(IndexFact index) {
        return bytes.getOrDefault(index.oid(), index.bytes());
    }

    /** A cluster's nodes share their oids. */
    private static long root(IndexFact index, Map<Long, IndexFact> indexes) {
        IndexFact at = index;
        while (at.parent().isPresent() && indexes.containsKey(at.parent().getAsLong())) {
            at = indexes.get(at.parent().getAsLong());
        }
        return at.oid();
    }

    private static Optional<Duration> counted(Catalog node) {
        return node.database().database().orNone().stream()
                .findFirst()
                .map((DatabaseFact known) -> Duration.between(known.countedSince(), known.now()));
    }
}
