package org.howdah.check;

import java.util.List;
import java.util.Optional;
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
}
