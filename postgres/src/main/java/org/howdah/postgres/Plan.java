package org.howdah.postgres;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the planner would do for one statement with one set of values. */
public record Plan(PlanNode root) {
    /**
     * @param json what EXPLAIN (FORMAT JSON) gave; without VERBOSE names have an empty schema
     */
    public static Plan parse(String json) {
        return PlanJson.parse(json);
    }

    /** All nodes, parents first. */
    public Stream<PlanNode> nodes() {
        return root.all();
    }

    /** In the planner's units. */
    public double cost() {
        return root.totalCost();
    }

    /** The indexes that it reads. */
    public Set<QualifiedName> indexes() {
        return nodes().flatMap(node -> node.index().stream()).collect(Collectors.toSet());
    }

    public boolean usesIndex(QualifiedName index) {
        return indexes().contains(index);
    }

    /**
     * The nodes that read a table, one for each access: a bitmap scan is one, whatever the number
     * of its indexes.
     */
    public List<PlanNode> tableReads() {
        return nodes().filter(node -> node.access() != PlanNode.Access.NONE).toList();
    }
}
