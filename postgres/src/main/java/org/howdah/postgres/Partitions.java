package org.howdah.postgres;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which relations are the partitions of which; those that are being detached are none any more. */
public final class Partitions {
    private final Map<Long, List<RelationFact>> byParent;

    private Partitions(Map<Long, List<RelationFact>> byParent) {
        this.byParent = byParent;
    }

    public static Partitions among(Collection<RelationFact> relations) {
        return new Partitions(
                relations.stream()
                        .filter(relation -> relation.isPartition() && !relation.detachPending())
                        .sorted(
                                Comparator.comparing(RelationFact::schema)
                                        .thenComparing(RelationFact::name))
                        .collect(
                                Collectors.groupingBy(
                                        relation -> relation.parent().orElseThrow())));
    }

    /** The partitions directly below a relation, by schema and name. */
    public List<RelationFact> below(RelationFact relation) {
        return byParent.getOrDefault(relation.oid(), List.of());
    }

    /** The relations that hold its rows, on whatever level: itself where it is not partitioned. */
    public List<RelationFact> leaves(RelationFact relation) {
        return stream(relation).toList();
    }

    private Stream<RelationFact> stream(RelationFact relation) {
        return relation.hasStorage()
                ? Stream.of(relation)
                : below(relation).stream().flatMap(this::stream);
    }
}
