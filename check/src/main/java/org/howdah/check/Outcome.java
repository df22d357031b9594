package org.howdah.check;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.howdah.postgres.Facts;
import org.howdah.remedy.Finding;

/** What came of a check. */
public sealed interface Outcome {
    /** No findings means that all is well. */
    record Checked(List<Finding> findings) implements Outcome {
        public Checked {
            findings = List.copyOf(findings);
        }
    }

    /**
     * The facts could not be read; never to be taken for fine.
     *
     * @param reason one sentence
     * @param grant the statement that would give the missing right
     */
    record NotChecked(String reason, Optional<String> grant) implements Outcome {}

    /** Findings from facts; not checked where they are unknown. */
    static <T> Outcome of(Facts<T> facts, Function<List<T>, List<Finding>> conclude) {
        return switch (facts) {
            case Facts.Known<T> known -> new Checked(conclude.apply(known.rows()));
            case Facts.Unknown<T> unknown -> new NotChecked(unknown.reason(), unknown.grant());
        };
    }

    /** Findings from facts of two kinds; not checked where one of them is unknown. */
    static <A, B> Outcome of(
            Facts<A> first, Facts<B> second, BiFunction<List<A>, List<B>, List<Finding>> conclude) {
        return switch (first) {
            case Facts.Known<A> known -> of(second, rows -> conclude.apply(known.rows(), rows));
            case Facts.Unknown<A> unknown -> new NotChecked(unknown.reason(), unknown.grant());
        };
    }
}
