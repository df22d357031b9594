package org.howdah.advisor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.howdah.advisor.Ownership.Owner;
import org.howdah.advisor.QueryBlock.Trait;

/** Finds what the names of one statement mean, and from it how it uses each table. */
final class Resolver {
    private final StatementShape shape;
    private final List<String> searchPath;
    private final Ownership ownership;
    private final Map<Owner, Set<String>> columns = new HashMap<>();
    private final Set<Owner> whole = new HashSet<>();
    private final Transitivity transitive;

    private Resolver(StatementShape shape, List<String> searchPath, Landscape landscape) {
        this.shape = shape;
        this.searchPath = searchPath;
        this.ownership = new Ownership(shape, searchPath, landscape);
        this.transitive = new Transitivity(ownership);
    }

    /**
     * @param searchPath the schemas of unqualified names, as far as they are known
     */
    static ResolvedStatement resolve(
            StatementShape shape, List<String> searchPath, Landscape landscape) {
        StatementShape pushed = PushDown.apply(shape);
        List<String> path = landscape.completed(searchPath, pushed);
        return new Resolver(pushed, path, landscape).resolve();
    }

    private ResolvedStatement resolve() {
        collectColumns();
        List<TableUse> uses = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Map<Long, Set<String>> assigned = new HashMap<>();
        Optional<KnownTable> inserted = Optional.empty();
        Set<Integer> limits = new HashSet<>();
        for (int number = 0; number < shape.blocks().size(); number++) {
            QueryBlock block = shape.blocks().get(number);
            block.limit()
                    .ifPresent(limit -> limit.parameters().forEach(p -> limits.add(p.number())));
            for (int i = 0; i < block.sources().size(); i++) {
                if (!(block.sources().get(i) instanceof QueryBlock.Table named)) {
                    continue;
                }
                Optional<KnownTable> table = ownership.table(named);
                if (table.isEmpty()) {
                    unknown.add(named.name());
                    continue;
                }
                boolean target = block.target().isPresent() && block.target().getAsInt() == i;
                if (target && !block.assigned().isEmpty()) {
                    assigned.computeIfAbsent(table.get().oid(), oid -> new HashSet<>())
                            .addAll(block.assigned());
                }
                if (target && shape.kind() == StatementShape.Kind.INSERT) {
                    inserted = table;
                } else {
                    uses.add(use(new Owner(number, i), block, table.get(), named.alias(), target));
                }
            }
        }
        return new ResolvedStatement(shape, searchPath, uses, unknown, assigned, inserted, limits);
    }

    private TableUse use(
            Owner self, QueryBlock block, KnownTable table, String alias, boolean target) {
        Classifier classifier = new Classifier(ownership, self, table);
        List<Predicate> predicates = new ArrayList<>();
        List<List<List<Predicate>>> alternatives = new ArrayList<>();
        for (QueryBlock.Condition condition : block.conditions()) {
            if (!condition.restricts(self.source())) {
                continue;
            }
            Optional<Predicate> predicate = classifier.classify(condition.expression());
            predicate.map(found -> transitive.of(found, self, block)).ifPresent(predicates::add);
            if (predicate.isEmpty()) {
                List<List<Predicate>> arms = classifier.alternatives(condition.expression());
                if (!arms.isEmpty()) {
                    alternatives.add(arms);
                }
            }
        }
        Set<String> needed = new HashSet<>(columns.getOrDefault(self, Set.of()));
        if (whole.contains(self)) {
            table.columns().forEach(column -> needed.add(column.name()));
        }
        Orders orders = Orders.of(block, classifier);
        return new TableUse(
                self.block(),
                self.source(),
                table,
                alias,
                predicates,
                alternatives,
                orders.keys(),
                orders.limit(),
                needed,
                target || block.has(Trait.LOCKS));
    }

    private void collectColumns() {
        for (int number = 0; number < shape.blocks().size(); number++) {
            int block = number;
            shape.blocks()
                    .get(block)
                    .expressions()
                    .flatMap(Expression::all)
                    .forEach(part -> collect(part, block));
        }
    }

    private void collect(Expression part, int block) {
        if (part instanceof Expression.Column column) {
            ownership
                    .of(column, block)
                    .ifPresent(owner ->
                            columns.computeIfAbsent(owner, o -> new HashSet<>())
                                    .add(column.name()));
        } else if (part instanceof Expression.Star star) {
            List<QueryBlock.Source> sources = shape.blocks().get(block).sources();
            for (int i = 0; i < sources.size(); i++) {
                if (star.table().isEmpty() || star.table().get().equals(sources.get(i).alias())) {
                    whole.add(new Owner(block, i));
                }
            }
        }
    }
}
