package org.howdah.advisor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The indexes that one use of a table might profit from. In a B-tree the columns that are compared
 * for equality come first, then one range or the order that is wanted: behind a range nothing
 * narrows the scan any more. See https://www.postgresql.org/docs/current/indexes-multicolumn.html.
 */
final class CandidateFinder {
    /** More equality columns than this narrow nothing any more and widen every entry. */
    private static final int MOST_PINNED = 4;

    /** From this heap size on, the few kilobytes of a BRIN index are worth a coarser search. */
    private static final long BRIN_BYTES = 1L << 30;

    /** Below this correlation with the heap's order, ranges of pages hold too many values. */
    private static final double BRIN_CORRELATION = 0.95;

    private final OperatorClasses classes;
    private final Immutability immutable;

    /**
     * @param immutable whether an expression may be indexed
     */
    CandidateFinder(OperatorClasses classes, Immutability immutable) {
        this.classes = classes;
        this.immutable = immutable;
    }

    List<Candidate> find(TableUse use) {
        Set<Candidate> found = new LinkedHashSet<>();
        List<Predicate> usable =
                use.predicates().stream().filter(predicate -> indexable(use, predicate)).toList();
        for (List<Predicate> chosen : choices(usable)) {
            found.addAll(trees(use, chosen));
        }
        found.addAll(inverted(use, usable));
        found.addAll(blockRanges(use, usable));
        return List.copyOf(found);
    }

    /** For one arm of a disjunction. */
    List<Candidate> forArm(TableUse use, List<Predicate> arm) {
        List<Predicate> usable =
                arm.stream().filter(predicate -> indexable(use, predicate)).toList();
        Set<Candidate> found = new LinkedHashSet<>(trees(use, usable));
        found.addAll(inverted(use, usable));
        return List.copyOf(found);
    }

    private boolean indexable(TableUse use, Predicate predicate) {
        return predicate.key() instanceof Expression.Column || immutable.of(use, predicate.key());
    }

    /** With and without what other tables give, with and without each filter that may be off. */
    private static List<List<Predicate>> choices(List<Predicate> usable) {
        List<Predicate> steady = usable.stream().filter(p -> p.optional().isEmpty()).toList();
        List<Predicate> local = steady.stream().filter(p -> !p.foreign()).toList();
        List<Predicate> optional = usable.stream().filter(p -> p.optional().isPresent()).toList();
        Set<List<Predicate>> choices = new LinkedHashSet<>();
        choices.add(local);
        for (Predicate foreign : steady) {
            if (foreign.foreign()) {
                choices.add(join(local, List.of(foreign)));
                choices.add(List.of(foreign));
            }
        }
        choices.add(steady);
        for (Predicate one : optional) {
            choices.add(join(local, List.of(one)));
        }
        choices.add(join(local, optional));
        return List.copyOf(choices);
    }

    private static <T> List<T> join(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private List<Candidate> trees(TableUse use, List<Predicate> predicates) {
        List<Candidate> found = new ArrayList<>();
        List<Predicate> pins = pins(use, predicates);
        List<Predicate> ranges =
                predicates.stream()
                        .filter(Predicate::ranges)
                        .filter(range -> pins.stream().noneMatch(p -> p.key().equals(range.key())))
                        .toList();
        List<Predicate> flags = pins.stream().filter(Predicate::constant).toList();
        tails(use, pins, ranges, Optional.empty(), List.of(), found);
        for (Predicate flag : flags) {
            List<Predicate> others = pins.stream().filter(pin -> !pin.equals(flag)).toList();
            tails(use, others, ranges, Optional.of(flag.condition().sql()), List.of(flag), found);
            tails(use, others, ranges, Optional.empty(), List.of(), found);
        }
        return found;
    }

    /** Equality, the most selective first; several values of a list last, they break the order. */
    private static List<Predicate> pins(TableUse use, List<Predicate> predicates) {
        List<Predicate> pins = new ArrayList<>();
        predicates.stream()
                .filter(Predicate::pins)
                .sorted(
                        Comparator.comparing((Predicate p) -> p.kind() == Predicate.Kind.LIST)
                                .thenComparingDouble(p -> -distinct(use, p)))
                .forEach(predicate -> {
                    boolean taken =
                            pins.stream().anyMatch(pin -> pin.key().equals(predicate.key()));
                    if (!taken && pins.size() < MOST_PINNED) {
                        pins.add(predicate);
                    }
                });
        return pins;
    }

    private static double distinct(TableUse use, Predicate predicate) {
        return predicate.key() instanceof Expression.Column column
                ? use.table().distinct(column.name()).orElse(1)
                : use.table().rows() / 10;
    }

    private void tails(
            TableUse use,
            List<Predicate> pins,
            List<Predicate> ranges,
            Optional<String> where,
            List<Predicate> given,
            List<Candidate> found) {
        List<IndexSpec.Key> keys = pins.stream().map(pin -> IndexSpec.Key.of(pin.key())).toList();
        List<Predicate> bound = join(given, pins);
        if (!keys.isEmpty()) {
            found.add(tree(use, keys, keys.size(), where, bound, false));
        }
        for (Predicate range : ranges) {
            List<Predicate> both =
                    join(bound, ranges.stream().filter(r -> r.key().equals(range.key())).toList());
            List<IndexSpec.Key> tail = join(keys, List.of(classes.forRange(use.table(), range)));
            found.add(tree(use, tail, keys.size(), where, both, false));
        }
        if (!use.order().isEmpty() && use.limit().isPresent()) {
            ordered(use, pins, ranges, where, bound, found);
        }
    }

    private void ordered(
            TableUse use,
            List<Predicate> pins,
            List<Predicate> ranges,
            Optional<String> where,
            List<Predicate> bound,
            List<Candidate> found) {
        List<Predicate> single =
                pins.stream().filter(p -> p.kind() != Predicate.Kind.LIST).toList();
        List<IndexSpec.Key> keys =
                new ArrayList<>(single.stream().map(pin -> IndexSpec.Key.of(pin.key())).toList());
        int pinned = keys.size();
        List<IndexSpec.Key> order = Sorting.keys(use, single, immutable);
        if (order.isEmpty()) {
            return;
        }
        keys.addAll(order);
        String first = order.getFirst().sql();
        List<Predicate> answered = new ArrayList<>(bound);
        answered.removeIf(p -> pins.contains(p) && !single.contains(p));
        ranges.stream()
                .filter(r -> IndexSpec.Key.of(r.key()).sql().equals(first))
                .forEach(answered::add);
        found.add(tree(use, keys, pinned, where, answered, true));
    }

    private static Candidate tree(
            TableUse use,
            List<IndexSpec.Key> keys,
            int pinned,
            Optional<String> where,
            List<Predicate> bound,
            boolean ordered) {
        return new Candidate(
                new IndexSpec(use.table(), IndexSpec.Method.BTREE, keys, pinned, List.of(), where),
                bound,
                ordered);
    }

    private List<Candidate> inverted(TableUse use, List<Predicate> predicates) {
        List<Candidate> found = new ArrayList<>();
        for (Predicate predicate : predicates) {
            classes.forGin(use.table(), predicate)
                    .map(key ->
                            new IndexSpec(
                                    use.table(),
                                    IndexSpec.Method.GIN,
                                    List.of(key),
                                    1,
                                    List.of(),
                                    Optional.empty()))
                    .ifPresent(spec -> found.add(new Candidate(spec, List.of(predicate), false)));
        }
        return found;
    }

    private static List<Candidate> blockRanges(TableUse use, List<Predicate> predicates) {
        if (use.table().bytes() < BRIN_BYTES) {
            return List.of();
        }
        return predicates.stream()
                .filter(p -> p.kind() == Predicate.Kind.RANGE && !p.foreign())
                .filter(p ->
                        p.key() instanceof Expression.Column column
                                && use.table()
                                                .column(column.name())
                                                .map(c -> c.correlation().orElse(0))
                                                .map(Math::abs)
                                                .orElse(0.0)
                                        >= BRIN_CORRELATION)
                .map(p ->
                        new Candidate(
                                new IndexSpec(
                                        use.table(),
                                        IndexSpec.Method.BRIN,
                                        List.of(IndexSpec.Key.of(p.key())),
                                        0,
                                        List.of(),
                                        Optional.empty()),
                                List.of(p),
                                false))
                .toList();
    }
}
