package org.howdah.remedy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gathers the remedies of many findings, one for each object and purpose. */
final class PlanBuilder {
    /** What two remedies share when one of them is enough. */
    private record Purpose(String kind, String database, String object) {}

    private final Map<Purpose, PlannedRemedy> planned = new LinkedHashMap<>();
    private final Map<ByHand, PlannedRemedy> byHand = new LinkedHashMap<>();
    private final List<RemedyPlan.Dropped> dropped = new ArrayList<>();

    void add(Finding finding) {
        for (Remedy remedy : finding.remedies()) {
            PlannedRemedy next = new PlannedRemedy(remedy, List.of(finding));
            if (remedy instanceof ByHand advice) {
                byHand.merge(advice, next, (first, second) -> both(first, second, advice));
            } else {
                planned.merge(purpose(remedy), next, this::join);
            }
        }
    }

    RemedyPlan build() {
        dropNeedless();
        List<PlannedRemedy> ordered =
                planned.values().stream()
                        .sorted(
                                Comparator.comparingInt((PlannedRemedy p) -> step(p.remedy()))
                                        .thenComparing(
                                                PlannedRemedy::severity, Comparator.reverseOrder()))
                        .toList();
        return new RemedyPlan(ordered, List.copyOf(byHand.values()), dropped);
    }

    private static int step(Remedy remedy) {
        return switch (remedy) {
            case DropIndex drop -> drop.reason().isLeftover() ? 0 : 6;
            case SetSetting _ -> 1;
            case SetTableOptions _ -> 2;
            case Vacuum _ -> 3;
            case Analyze _ -> 4;
            case CreateIndex _ -> 5;
            case Reindex _ -> 7;
            case ByHand _ -> 8;
        };
    }

    private static Purpose purpose(Remedy remedy) {
        String object =
                remedy instanceof CreateIndex create
                        ? create.table() + " " + create.unique() + " " + create.definition()
                        : remedy.subject().name();
        return new Purpose(remedy.kind(), remedy.database(), object);
    }

    /** The same purpose twice: one remedy that serves both, or the one that matters more. */
    private PlannedRemedy join(PlannedRemedy first, PlannedRemedy second) {
        Optional<Remedy> common = common(first.remedy(), second.remedy());
        if (common.isPresent()) {
            return both(first, second, common.get());
        }
        boolean secondWins = second.severity().compareTo(first.severity()) > 0;
        PlannedRemedy kept = secondWins ? second : first;
        dropped.add(
                new RemedyPlan.Dropped(
                        secondWins ? first : second,
                        "another finding asks for something else on "
                                + kept.remedy().subject()
                                + " and is at least as severe"));
        return kept;
    }

    private static PlannedRemedy both(PlannedRemedy first, PlannedRemedy second, Remedy remedy) {
        List<Finding> findings =
                Stream.concat(first.findings().stream(), second.findings().stream())
                        .distinct()
                        .sorted(Comparator.comparing(Finding::severity).reversed())
                        .toList();
        return new PlannedRemedy(remedy, findings);
    }

    private static Optional<Remedy> common(Remedy first, Remedy second) {
        if (first.equals(second)) {
            return Optional.of(first);
        }
        return switch (first) {
            case Vacuum one when second instanceof Vacuum two ->
                    Optional.of(
                            new Vacuum(
                                    one.database(),
                                    one.table(),
                                    one.analyze() || two.analyze(),
                                    one.freeze() || two.freeze(),
                                    one.cost().orMore(two.cost())));
            case Analyze one when second instanceof Analyze two ->
                    Optional.of(
                            new Analyze(
                                    one.database(), one.table(), one.cost().orMore(two.cost())));
            case Reindex one when second instanceof Reindex -> Optional.of(one);
            // Why it is dropped decides what is looked at again; the first reason will do.
            case DropIndex one when second instanceof DropIndex -> Optional.of(one);
            case CreateIndex one when second instanceof CreateIndex two ->
                    Optional.of(withProofs(one, two));
            case SetTableOptions one when second instanceof SetTableOptions two ->
                    options(one, two);
            default -> Optional.empty();
        };
    }

    private static CreateIndex withProofs(CreateIndex one, CreateIndex two) {
        Set<Proof> proofs = new LinkedHashSet<>(one.proof());
        proofs.addAll(two.proof());
        return new CreateIndex(
                one.database(),
                one.tree(),
                one.index(),
                one.unique(),
                one.definition(),
                // An index that somebody wants for its own sake needs no proof.
                one.proof().isEmpty() || two.proof().isEmpty() ? List.of() : List.copyOf(proofs),
                one.cost().orMore(two.cost()));
    }

    private static Optional<Remedy> options(SetTableOptions one, SetTableOptions two) {
        Map<String, String> options = new HashMap<>(one.options());
        for (Map.Entry<String, String> option : two.options().entrySet()) {
            String other = options.putIfAbsent(option.getKey(), option.getValue());
            if (other != null && !other.equals(option.getValue())) {
                return Optional.empty();
            }
        }
        Map<String, String> previous = new HashMap<>(one.previous());
        two.previous().forEach(previous::putIfAbsent);
        return Optional.of(new SetTableOptions(one.database(), one.table(), options, previous));
    }

    private void dropNeedless() {
        Set<Subject> going =
                planned.values().stream()
                        .map(PlannedRemedy::remedy)
                        .filter(DropIndex.class::isInstance)
                        .map(Remedy::subject)
                        .collect(Collectors.toSet());
        dropWhere(
                planned ->
                        planned.remedy() instanceof Reindex reindex
                                && going.contains(reindex.subject()),
                "the index is to be dropped");
        Set<Subject> analyzed =
                planned.values().stream()
                        .map(PlannedRemedy::remedy)
                        .filter(remedy -> remedy instanceof Vacuum vacuum && vacuum.analyze())
                        .map(Remedy::subject)
                        .collect(Collectors.toSet());
        dropWhere(
                planned ->
                        planned.remedy() instanceof Analyze analyze
                                && analyzed.contains(analyze.subject()),
                "the vacuum of the table analyzes it");
        Set<String> names = new HashSet<>();
        dropWhere(
                planned ->
                        planned.remedy() instanceof CreateIndex create
                                && !names.add(create.database() + "/" + create.index()),
                "another new index has the same name");
    }

    private void dropWhere(java.util.function.Predicate<PlannedRemedy> needless, String reason) {
        List<PlannedRemedy> going = planned.values().stream().filter(needless).toList();
        going.forEach(one -> dropped.add(new RemedyPlan.Dropped(one, reason)));
        planned.values().removeAll(going);
    }
}
