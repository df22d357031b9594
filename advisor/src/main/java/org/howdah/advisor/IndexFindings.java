package org.howdah.advisor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Partitions;
import org.howdah.postgres.QualifiedName;
import org.howdah.remedy.Cost;
import org.howdah.remedy.CreateIndex;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Proof;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.remedy.TableTree;
import org.howdah.report.Quantity;

/** Says which indexes are missing, the most rewarding first. */
final class IndexFindings {
    static final String CHECK = "index-missing";

    /** From this part of all execution time on, a missing index is more than a note. */
    private static final double WARNING_PART = 0.01;

    /** More new indexes on one table at a time would be a new problem. */
    private static final int MOST_EACH_TABLE = 8;

    private static final int MOST_PROOFS = 3;

    private final Catalog catalog;
    private final double allSeconds;
    private final WriteLoad writes;
    private final Partitions partitions;

    IndexFindings(Catalog catalog, List<HeavyStatement> statements, WriteLoad writes) {
        this.catalog = catalog;
        this.allSeconds =
                Math.max(1e-9, statements.stream().mapToDouble(HeavyStatement::seconds).sum());
        this.writes = writes;
        this.partitions = catalog.database().partitions();
    }

    List<Finding> of(List<Merging.Merged> merged) {
        IndexNames names = new IndexNames(catalog.database());
        Map<Long, Integer> perTable = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        List<Merging.Merged> sorted =
                merged.stream()
                        .filter(one -> saved(one) > writes.seconds(one.spec()))
                        .sorted(Comparator.comparingDouble(one -> -saved(one)))
                        .toList();
        for (Merging.Merged one : sorted) {
            if (perTable.merge(one.spec().table().oid(), 1, Integer::sum) <= MOST_EACH_TABLE) {
                findings.add(finding(one, names.next(one.spec())));
            }
        }
        return findings;
    }

    private static double saved(Merging.Merged one) {
        return one.choices().stream()
                .mapToDouble(choice -> choice.share() * choice.study().statement().seconds())
                .sum();
    }

    private Finding finding(Merging.Merged one, QualifiedName index) {
        IndexSpec spec = one.spec();
        double saved = saved(one);
        double spent = spent(one);
        long statements = one.choices().stream().map(Choice::study).distinct().count();
        Severity severity = saved >= allSeconds * WARNING_PART ? Severity.WARNING : Severity.NOTICE;
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.of("time of the statements that need it", spent, Quantity.SECONDS));
        measures.add(Measure.of("of all statements' time", spent / allSeconds, Quantity.RATIO));
        measures.add(
                Measure.of(
                        "their cost that it saves", saved / Math.max(1e-9, spent), Quantity.RATIO));
        measures.add(Measure.of("estimated size", IndexSize.bytes(spec), Quantity.BYTES));
        measures.add(Measure.of("entries written meanwhile", writes.entries(spec), Quantity.COUNT));
        String summary =
                "No index on %s %s serves %s that took %.0f %% of all execution time"
                        .formatted(
                                spec.table().name(),
                                spec.definition().replaceFirst("^USING btree ", ""),
                                statements == 1 ? "a statement" : statements + " statements",
                                100 * spent / allSeconds);
        String why =
                "Each execution reads far more of the table than it needs; the time grows with the"
                        + " table. First of them: "
                        + IndexAdvisor.brief(one.choices().getFirst().study().sql())
                        + (writes.endsHeapOnlyUpdates(spec)
                                ? " Statements change its columns: their updates will not be"
                                        + " heap-only any more."
                                : "");
        return Finding.of(
                        CHECK,
                        severity,
                        Subject.table(catalog.database().name(), spec.table().name()),
                        summary,
                        why,
                        measures)
                .with(
                        new CreateIndex(
                                catalog.database().name(),
                                TableTree.of(spec.table().fact(), partitions),
                                index,
                                false,
                                spec.definition(),
                                proofs(one),
                                cost(spec)));
    }

    private static double spent(Merging.Merged one) {
        return one.choices().stream()
                .map(Choice::study)
                .distinct()
                .mapToDouble(study -> study.statement().seconds())
                .sum();
    }

    /** It reads the table twice, and writes the index, also to the log. */
    private static Cost cost(IndexSpec spec) {
        long bytes = IndexSize.bytes(spec);
        return new Cost(2 * spec.table().bytes(), bytes, bytes, bytes);
    }

    /** Of each statement the values with which it gains most, the heaviest statements first. */
    private static List<Proof> proofs(Merging.Merged one) {
        Map<Study, Choice> byStudy = new LinkedHashMap<>();
        one.choices().stream()
                .sorted(
                        Comparator.comparingDouble(
                                choice -> -choice.share() * choice.study().statement().seconds()))
                .forEach(choice -> byStudy.putIfAbsent(choice.study(), choice));
        List<Proof> proofs = new ArrayList<>();
        for (Choice choice : byStudy.values()) {
            List<Double> gains = choice.gains();
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < gains.size(); i++) {
                if (gains.get(i) > 0) {
                    order.add(i);
                }
            }
            order.sort(Comparator.comparingDouble(i -> -gains.get(i)));
            for (int i : order.subList(0, Math.min(MOST_PROOFS, order.size()))) {
                Study.Trial trial = choice.study().trials().get(i);
                proofs.add(
                        new Proof(
                                choice.study().statement().queryId(),
                                choice.study().sql(),
                                trial.binding().values(),
                                choice.study().resolved().searchPath(),
                                trial.plan().cost()));
            }
        }
        return proofs;
    }
}
