package org.howdah.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.howdah.postgres.Facts;
import org.howdah.remedy.Finding;

/** What came of a check. */
public sealed interface Outcome {
    /**
     * No findings and no gaps mean that all is well.
     *
     * @param gaps parts of the check that could not be made
     */
    record Checked(List<Finding> findings, List<NotChecked> gaps) implements Outcome {
        public Checked {
            findings = List.copyOf(findings);
            gaps = List.copyOf(gaps);
        }

        public Checked(List<Finding> findings) {
            this(findings, List.of());
        }
    }

    /**
     * The facts could not be read; never to be taken for fine.
     *
     * @param reason one sentence
     * @param grant the statement that would give the missing right
     */
    record NotChecked(String reason, Optional<String> grant) implements Outcome {}

    /** Nothing found. */
    static Outcome fine() {
        return new Checked(List.of());
    }

    static Outcome notChecked(String reason) {
        return new NotChecked(reason, Optional.empty());
    }

    /** What follows from the facts, or that and why they are unknown. */
    static <T> Outcome of(Facts<T> facts, Function<List<T>, List<Finding>> conclude) {
        return with(facts, rows -> new Checked(conclude.apply(rows)));
    }

    /** The same from facts of two kinds; unknown where either is. */
    static <T, U> Outcome of(
            Facts<T> facts, Facts<U> others, BiFunction<List<T>, List<U>, List<Finding>> conclude) {
        return with(facts, rows -> of(others, more -> conclude.apply(rows, more)));
    }

    /** The same for conclusions that need yet other facts. */
    static <T> Outcome with(Facts<T> facts, Function<List<T>, Outcome> conclude) {
        return switch (facts) {
            case Facts.Known<T> known -> conclude.apply(known.rows());
            case Facts.Unknown<T> unknown -> new NotChecked(unknown.reason(), unknown.grant());
        };
    }

    /**
     * The outcomes of the parts of one check (nodes, rules) as one: not checked only where no part
     * was.
     */
    static Outcome together(Stream<Outcome> parts) {
        List<Finding> findings = new ArrayList<>();
        List<NotChecked> gaps = new ArrayList<>();
        boolean any = false;
        for (Outcome part : parts.toList()) {
            switch (part) {
                case Checked checked -> {
                    any = true;
                    findings.addAll(checked.findings());
                    gaps.addAll(checked.gaps());
                }
                case NotChecked gap -> gaps.add(gap);
            }
        }
        List<NotChecked> distinct = gaps.stream().distinct().toList();
        return any || distinct.isEmpty() ? new Checked(findings, distinct) : distinct.getFirst();
    }
}
