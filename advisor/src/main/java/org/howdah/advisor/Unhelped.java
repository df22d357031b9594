package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.PlanNode;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;

/** Says which slow statements no index was found for, and why. */
final class Unhelped {
    /** Slower than that and heavier than the part below, a statement deserves a word. */
    private static final double SLOW_SECONDS = 0.01;

    private static final double HEAVY_PART = 0.02;

    /** An index that leaves more than this of the cost has not helped. */
    private static final double LEFT_OVER = 0.5;

    private final Catalog catalog;
    private final double allSeconds;

    Unhelped(Catalog catalog, List<HeavyStatement> statements) {
        this.catalog = catalog;
        this.allSeconds =
                Math.max(1e-9, statements.stream().mapToDouble(HeavyStatement::seconds).sum());
    }

    List<Finding> of(
            List<HeavyStatement> heavy,
            List<Study> studies,
            List<Choice> choices,
            Map<Long, String> refusals) {
        List<Finding> findings = new ArrayList<>();
        for (HeavyStatement statement : heavy) {
            boolean matters =
                    statement.meanSeconds() >= SLOW_SECONDS
                            && statement.seconds() >= allSeconds * HEAVY_PART;
            if (!matters) {
                continue;
            }
            reason(statement, studies, choices, refusals)
                    .ifPresent(reason -> findings.add(finding(statement, reason)));
        }
        return findings;
    }

    private static Optional<String> reason(
            HeavyStatement statement,
            List<Study> studies,
            List<Choice> choices,
            Map<Long, String> refusals) {
        String refusal = refusals.get(statement.queryId());
        if (refusal != null) {
            return Optional.of(refusal);
        }
        return studies.stream()
                .filter(study -> study.statement().equals(statement))
                .findFirst()
                .flatMap(study -> reason(study, choices));
    }

    private static Optional<String> reason(Study study, List<Choice> choices) {
        double share =
                choices.stream()
                        .filter(choice -> choice.study().equals(study))
                        .mapToDouble(Choice::share)
                        .sum();
        OptionalDouble scanned =
                study.trials()
                        .getFirst()
                        .plan()
                        .nodes()
                        .filter(node -> node.access() == PlanNode.Access.SEQUENTIAL)
                        .mapToDouble(PlanNode::totalCost)
                        .max();
        if (share >= LEFT_OVER || scanned.isEmpty()) {
            return Optional.empty();
        }
        if (!study.resolved().unknown().isEmpty()) {
            return Optional.of(
                    "it reads "
                            + study.resolved().unknown().getFirst()
                            + ", which is no table here");
        }
        if (!study.sampled() && hidesConstants(study)) {
            return Optional.of(
                    "it computes with constants that pg_stat_statements hides; ask again while it"
                            + " runs, or raise track_activity_query_size if it is long");
        }
        boolean conditions =
                study.resolved().uses().stream().anyMatch(use -> !use.predicates().isEmpty());
        return Optional.of(
                conditions
                        ? "its conditions leave so many rows that reading the whole table is the"
                                + " cheaper way"
                        : "it has no condition that an index could answer");
    }

    /** Conditions in which columns and {@code $n} are computed together. */
    private static boolean hidesConstants(Study study) {
        return study.resolved().shape().blocks().stream()
                .flatMap(block -> block.conditions().stream())
                .map(QueryBlock.Condition::expression)
                .flatMap(Expression::all)
                .filter(Expression.Call.class::isInstance)
                .anyMatch(call ->
                        call.columns().findAny().isPresent()
                                && call.parameters().findAny().isPresent());
    }

    private Finding finding(HeavyStatement statement, String reason) {
        return Finding.of(
                IndexFindings.CHECK,
                Severity.NOTICE,
                new Subject(
                        Subject.Kind.STATEMENT,
                        catalog.database().name(),
                        String.valueOf(statement.queryId())),
                "No index would help the statement %d: %s".formatted(statement.queryId(), reason),
                "It took %.0f %% of all execution time: %s"
                        .formatted(
                                100 * statement.seconds() / allSeconds,
                                IndexAdvisor.brief(statement.query())),
                List.of(
                        Measure.of("mean time", statement.meanSeconds(), Quantity.SECONDS),
                        Measure.of("calls", statement.calls(), Quantity.COUNT)));
    }
}
