package org.howdah.postgres;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One node of a plan; costs in the planner's units, rows and width as it estimates them.
 *
 * @param type as EXPLAIN names it: {@code Seq Scan}, {@code Bitmap Heap Scan}, {@code Sort}
 * @param relation the table that it reads or changes
 * @param index the index that it reads, in the schema of its table
 * @param totalCost of one run to the end, its children's included
 * @param details the other texts that EXPLAIN gives, by its names: {@code Filter}, {@code Index
 *     Cond}, {@code Sort Key}, {@code Output}; a single text is a list of one
 */
public record PlanNode(
        String type,
        Optional<QualifiedName> relation,
        Optional<String> alias,
        Optional<QualifiedName> index,
        double startupCost,
        double totalCost,
        double rows,
        int width,
        Map<String, List<String>> details,
        List<PlanNode> children) {
    public PlanNode {
        details = Map.copyOf(details);
        children = List.copyOf(children);
    }

    /** How a node reads its table. */
    public enum Access {
        /** It reads no table itself; the index part of a bitmap scan counts with its heap part. */
        NONE,
        /** Every page of the table, or of a sample of it. */
        SEQUENTIAL,
        INDEX,
        /** By the rows' addresses. */
        TID
    }

    /** See https://www.postgresql.org/docs/current/using-explain.html. */
    public Access access() {
        return switch (type) {
            case "Seq Scan", "Sample Scan" -> Access.SEQUENTIAL;
            case "Index Scan", "Index Only Scan", "Bitmap Heap Scan" -> Access.INDEX;
            case "Tid Scan", "Tid Range Scan" -> Access.TID;
            default -> Access.NONE;
        };
    }

    /** The first text under that name. */
    public Optional<String> detail(String name) {
        return details(name).stream().findFirst();
    }

    public List<String> details(String name) {
        return details.getOrDefault(name, List.of());
    }

    /** What the node costs without its children, never below zero. */
    public double ownCost() {
        double below = children.stream().mapToDouble(PlanNode::totalCost).sum();
        return Math.max(0, totalCost - below);
    }

    /** This node and all below it, parents first. */
    public Stream<PlanNode> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(PlanNode::all));
    }
}
