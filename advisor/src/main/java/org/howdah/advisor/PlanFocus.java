package org.howdah.advisor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.howdah.postgres.Plan;
import org.howdah.postgres.PlanNode;

/**
 * How a plan reads one table.
 *
 * @param cost of all its scans of the table, as far as they are run
 * @param partnerRows the rows of the other side of the nearest join, 1 where there is none
 * @param sortCost of the sort that a fitting order would save
 */
record PlanFocus(PlanNode node, double cost, double partnerRows, double sortCost) {
    /** Where the plan reads the table under that alias; none where it does not read it at all. */
    static Optional<PlanFocus> on(Plan plan, TableUse use) {
        List<PlanFocus> found = new ArrayList<>();
        new Walk(use, found).visit(plan.root(), new Path(1, 1, 1, 0));
        if (!use.table().fact().hasStorage()) {
            return found.stream().reduce(PlanFocus::together);
        }
        // The planner numbers the aliases of a table that is read twice: take the one whose
        // conditions are about the same columns.
        return found.stream().max(Comparator.comparingLong(focus -> focus.likeness(use)));
    }

    private long likeness(TableUse use) {
        String conditions =
                node.details("Filter").toString()
                        + node.details("Index Cond")
                        + node.details("Recheck Cond")
                        + node.children().stream()
                                .map(child -> child.details("Index Cond").toString())
                                .toList();
        return use.predicates().stream()
                .filter(predicate -> !predicate.foreign())
                .flatMap(predicate -> predicate.key().columns())
                .filter(column -> conditions.contains(column.name()))
                .count();
    }

    /** A partitioned table is read by a scan of each partition. */
    private static PlanFocus together(PlanFocus one, PlanFocus other) {
        return new PlanFocus(
                one.cost >= other.cost ? one.node : other.node,
                one.cost + other.cost,
                one.partnerRows,
                one.sortCost);
    }

    /**
     * @param loops how often what is below is run
     * @param share how much of it is run before a LIMIT stops it
     */
    private record Path(double loops, double share, double partnerRows, double sortCost) {
        Path loops(double times) {
            return new Path(loops * Math.max(1, times), share, partnerRows, sortCost);
        }

        Path partner(double rows) {
            return new Path(loops, share, Math.max(1, rows), sortCost);
        }

        Path share(double part) {
            return new Path(loops, share * part, partnerRows, sortCost);
        }

        Path sort(double cost) {
            return new Path(loops, share, partnerRows, cost);
        }
    }

    private record Walk(TableUse use, List<PlanFocus> found) {
        void visit(PlanNode node, Path path) {
            if (node.access() != PlanNode.Access.NONE && reads(node)) {
                double cost = node.totalCost() * path.loops() * path.share();
                found.add(new PlanFocus(node, cost, path.partnerRows(), path.sortCost()));
            }
            List<PlanNode> children = node.children();
            for (int i = 0; i < children.size(); i++) {
                visit(children.get(i), below(node, i, path));
            }
        }

        private Path below(PlanNode node, int child, Path path) {
            PlanNode below = node.children().get(child);
            String relation = below.detail("Parent Relationship").orElse("");
            if (relation.equals("SubPlan")) {
                boolean hashed =
                        node.details()
                                .toString()
                                .contains("hashed " + below.detail("Subplan Name").orElse("?"));
                return hashed ? path : path.loops(node.rows());
            }
            return switch (node.type()) {
                case "Nested Loop" -> nested(node, child, path);
                case "Hash Join", "Merge Join" ->
                        node.children().size() < 2
                                ? path
                                : path.partner(node.children().get(1 - Math.min(child, 1)).rows());
                case "Limit" ->
                        path.share(
                                Math.min(1, node.totalCost() / Math.max(1e-9, below.totalCost())));
                case "Sort", "Incremental Sort" -> path.sort(node.ownCost());
                default -> path;
            };
        }

        private static Path nested(PlanNode join, int child, Path path) {
            List<PlanNode> sides =
                    join.children().stream()
                            .filter(side ->
                                    !side.detail("Parent Relationship").orElse("").endsWith("Plan"))
                            .toList();
            if (sides.size() < 2) {
                return path;
            }
            PlanNode outer = sides.getFirst();
            PlanNode inner = sides.get(1);
            PlanNode here = join.children().get(child);
            if (here.equals(outer)) {
                // An inner side that is looked up tells nothing of how many rows it has by itself.
                boolean lookedUp =
                        inner.access() == PlanNode.Access.INDEX || inner.type().equals("Memoize");
                return path.partner(lookedUp ? Double.MAX_VALUE : inner.rows());
            }
            // What is materialized is computed once.
            boolean once = inner.type().equals("Materialize");
            return (once ? path : path.loops(outer.rows())).partner(outer.rows());
        }

        private boolean reads(PlanNode node) {
            String alias = node.alias().orElse("");
            boolean named =
                    alias.equals(use.alias())
                            || alias.matches(Pattern.quote(use.alias()) + "_[0-9]+");
            boolean here =
                    !use.table().fact().hasStorage()
                            || node.relation().filter(use.table().name()::equals).isPresent();
            return named && here;
        }
    }
}
