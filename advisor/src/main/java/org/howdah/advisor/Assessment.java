package org.howdah.advisor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.howdah.postgres.PlanNode;

/** Finds the best index for one use of a table by what it would save. */
final class Assessment {
    /** An index must at least take away this part of what the use costs. */
    private static final double LEAST_SAVING = 0.5;

    /** Less, in the planner's units (a page read in sequence is 1), is not worth an index. */
    private static final double LEAST_GAIN = 10;

    /** Where an index is read already, a better one must be much better. */
    private static final double LEAST_SAVING_OVER_INDEX = 0.8;

    private static final double LEAST_GAIN_OVER_INDEX = 200;

    /** What carrying columns along must save, as many scattered pages of the heap at 4 each. */
    private static final double LEAST_HEAP_SAVING = 100;

    /** A choice that is simpler may save that much less of the statement's cost. */
    private static final double AS_GOOD = 0.02;

    /** An index for filters that are mostly off must leave few rows when they are on. */
    private static final double OPTIONAL_SELECTIVITY = 0.1;

    private final CandidateFinder finder;
    private final Covering covering;
    private final RowEstimates rows;
    private final ScanCost costs;

    Assessment(CandidateFinder finder, Covering covering, RowEstimates rows, ScanCost costs) {
        this.finder = finder;
        this.covering = covering;
        this.rows = rows;
        this.costs = costs;
    }

    /** The best index, and others for values that it does not help; none where none is worth it. */
    List<Choice> best(Study study, TableUse use) {
        List<Optional<PlanFocus>> foci =
                study.trials().stream().map(trial -> PlanFocus.on(trial.plan(), use)).toList();
        if (foci.stream().allMatch(Optional::isEmpty)) {
            return List.of();
        }
        List<Choice> choices = new ArrayList<>();
        for (Candidate candidate : finder.find(use)) {
            for (IndexSpec spec : covering.variants(candidate.spec(), use)) {
                boolean exists =
                        ExistingIndexes.serve(use.table(), spec)
                                && (spec.where().isEmpty() || !spec.include().isEmpty());
                if (!exists) {
                    choice(study, use, foci, candidate, spec).ifPresent(choices::add);
                }
            }
        }
        disjunctions(study, use, foci, choices);
        List<Choice> chosen = new ArrayList<>();
        Optional<Choice> next = simplest(choices);
        while (next.isPresent() && chosen.size() < study.trials().size()) {
            chosen.add(next.get());
            List<Choice> rest =
                    choices.stream().flatMap(c -> beyond(c, chosen, foci).stream()).toList();
            next = simplest(rest);
        }
        return chosen;
    }

    /** What a choice saves beyond those that were made already. */
    private static Optional<Choice> beyond(
            Choice choice, List<Choice> made, List<Optional<PlanFocus>> foci) {
        List<Double> gains = new ArrayList<>();
        for (int i = 0; i < choice.gains().size(); i++) {
            int trial = i;
            double saved = made.stream().mapToDouble(one -> one.gains().get(trial)).sum();
            gains.add(Math.max(0, choice.gains().get(i) - saved));
        }
        boolean much = false;
        for (int i = 0; i < gains.size(); i++) {
            double scans = foci.get(i).map(PlanFocus::cost).orElse(0.0);
            much |= gains.get(i) > 0 && gains.get(i) >= LEAST_SAVING * scans;
        }
        return much
                ? worthwhile(choice.study(), choice.use(), choice.specs(), gains)
                : Optional.empty();
    }

    private static Optional<Choice> simplest(List<Choice> choices) {
        double best = choices.stream().mapToDouble(Choice::share).max().orElse(0);
        double most = choices.stream().mapToDouble(Choice::gain).max().orElse(0);
        return choices.stream()
                .filter(choice -> choice.share() >= best - AS_GOOD)
                .filter(choice -> choice.gain() >= most - LEAST_GAIN_OVER_INDEX)
                .min(
                        Comparator.comparingInt(Choice::complexity)
                                .thenComparingDouble(Choice::pages));
    }

    private Optional<Choice> choice(
            Study study,
            TableUse use,
            List<Optional<PlanFocus>> foci,
            Candidate candidate,
            IndexSpec spec) {
        List<Double> gains = new ArrayList<>();
        for (int i = 0; i < foci.size(); i++) {
            Binding binding = study.trials().get(i).binding();
            gains.add(
                    foci.get(i)
                            .map(focus -> gain(use, focus, candidate, spec, binding))
                            .orElse(0.0));
        }
        return worthwhile(study, use, List.of(spec), gains);
    }

    private double gain(
            TableUse use, PlanFocus focus, Candidate candidate, IndexSpec spec, Binding binding) {
        double before = focus.cost() + (candidate.ordered() ? focus.sortCost() : 0);
        double after = cost(use, focus, candidate, spec, binding);
        if (!spec.include().isEmpty()) {
            double plain = cost(use, focus, candidate, spec.including(List.of()), binding);
            if (plain - after < LEAST_HEAP_SAVING || after > plain * (1 - LEAST_SAVING)) {
                return 0;
            }
        }
        boolean indexed = focus.node().access() == PlanNode.Access.INDEX;
        double part = indexed ? LEAST_SAVING_OVER_INDEX : LEAST_SAVING;
        double least = indexed ? LEAST_GAIN_OVER_INDEX : LEAST_GAIN;
        boolean saves = after <= before * (1 - part) && before - after >= least;
        return saves ? before - after : 0;
    }

    private double cost(
            TableUse use, PlanFocus focus, Candidate candidate, IndexSpec spec, Binding binding) {
        List<Predicate> bound = candidate.boundWith(binding);
        if (bound.isEmpty() && !candidate.bound().isEmpty()) {
            return Double.MAX_VALUE;
        }
        boolean indexOnly = !use.heap() && spec.carries(use.columns());
        double found = rows.rows(use.table(), bound, binding);
        boolean optional = bound.stream().anyMatch(p -> p.optional().isPresent());
        if (optional && found > OPTIONAL_SELECTIVITY * use.table().rows()) {
            return Double.MAX_VALUE;
        }
        if (candidate.probed()) {
            return focus.partnerRows() * costs.of(spec, found, indexOnly);
        }
        if (use.limit().isPresent() && (candidate.ordered() || use.order().isEmpty())) {
            List<Predicate> local = use.predicates().stream().filter(p -> !p.foreign()).toList();
            double all = rows.rows(use.table(), local, binding);
            found *= Math.min(1, limit(use, binding) / all);
        }
        return costs.of(spec, found, indexOnly);
    }

    private static double limit(TableUse use, Binding binding) {
        String text =
                use.limit()
                        .map(limit -> limit.template().sql(name -> name, binding::of))
                        .orElse("");
        String digits = text.replaceAll("::.*", "").replaceAll("[^0-9]", "");
        return digits.isEmpty() || digits.length() > 9
                ? 100
                : Math.max(1, Double.parseDouble(digits));
    }

    /** Each arm of a disjunction needs an index of its own, else none is of use. */
    private void disjunctions(
            Study study, TableUse use, List<Optional<PlanFocus>> foci, List<Choice> choices) {
        for (List<List<Predicate>> arms : use.alternatives()) {
            List<IndexSpec> specs = new ArrayList<>();
            double[] after = new double[foci.size()];
            for (List<Predicate> arm : arms) {
                Optional<Candidate> best =
                        finder.forArm(use, arm).stream()
                                .filter(candidate -> !candidate.bound().isEmpty())
                                .min(Comparator.comparingDouble(c -> armCost(study, foci, use, c)));
                if (best.isEmpty()) {
                    return;
                }
                specs.add(best.get().spec());
                for (int i = 0; i < after.length; i++) {
                    Binding binding = study.trials().get(i).binding();
                    double found = rows.rows(use.table(), best.get().bound(), binding);
                    after[i] += costs.of(best.get().spec(), found, false);
                }
            }
            specs.removeIf(spec -> ExistingIndexes.serve(use.table(), spec));
            List<Double> gains = new ArrayList<>();
            for (int i = 0; i < after.length; i++) {
                double before = foci.get(i).map(PlanFocus::cost).orElse(0.0);
                gains.add(after[i] <= before * (1 - LEAST_SAVING) ? before - after[i] : 0);
            }
            if (!specs.isEmpty()) {
                worthwhile(study, use, specs, gains).ifPresent(choices::add);
            }
        }
    }

    private double armCost(
            Study study, List<Optional<PlanFocus>> foci, TableUse use, Candidate candidate) {
        double sum = 0;
        for (int i = 0; i < foci.size(); i++) {
            Binding binding = study.trials().get(i).binding();
            sum +=
                    costs.of(
                            candidate.spec(),
                            rows.rows(use.table(), candidate.bound(), binding),
                            false);
        }
        return sum + candidate.spec().keys().size();
    }

    private static Optional<Choice> worthwhile(
            Study study, TableUse use, List<IndexSpec> specs, List<Double> gains) {
        double share = 0;
        for (int i = 0; i < gains.size(); i++) {
            double whole = study.trials().get(i).plan().cost();
            share += Math.min(1, gains.get(i) / Math.max(1e-9, whole)) / gains.size();
        }
        boolean any = gains.stream().anyMatch(gain -> gain > 0);
        return any ? Optional.of(new Choice(study, use, specs, gains, share)) : Optional.empty();
    }
}
