package org.howdah.remedy;

import java.util.List;
import java.util.Optional;

/**
 * What a check or an advisor concluded from facts.
 *
 * @param check the identifier of the check, which is also the name of its page in {@code
 *     docs/checks}
 * @param summary one sentence with the numbers that matter
 * @param why why it matters, one or two sentences
 * @param measures the evidence in numbers
 * @param remedies what would mend it, the best first; empty where only people can decide
 */
public record Finding(
        String check,
        Severity severity,
        Subject subject,
        String summary,
        String why,
        List<Measure> measures,
        Optional<Picture> picture,
        List<Remedy> remedies) {
    public Finding {
        measures = List.copyOf(measures);
        remedies = List.copyOf(remedies);
    }

    public static Finding of(
            String check,
            Severity severity,
            Subject subject,
            String summary,
            String why,
            List<Measure> measures) {
        return new Finding(
                check, severity, subject, summary, why, measures, Optional.empty(), List.of());
    }

    public Finding with(Remedy... added) {
        return new Finding(
                check, severity, subject, summary, why, measures, picture, List.of(added));
    }

    public Finding with(Picture drawn) {
        return new Finding(
                check, severity, subject, summary, why, measures, Optional.of(drawn), remedies);
    }
}
