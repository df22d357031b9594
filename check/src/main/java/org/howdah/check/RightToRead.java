package org.howdah.check;

import java.util.List;
import java.util.Optional;
import org.howdah.remedy.Finding;

/** Checks that need the right to read each object that they judge. */
final class RightToRead {
    /** Column statistics and the values of sequences are shown to those who may read the rows. */
    static final String GRANT = "GRANT pg_read_all_data TO {role}";

    private RightToRead() {}

    /**
     * What was found where the role may read; what it may not read is a gap, and never taken for
     * fine.
     *
     * @param what the objects, in the plural
     */
    static Outcome outcome(List<Finding> findings, String what, long readable, long unreadable) {
        if (unreadable == 0) {
            return new Outcome.Checked(findings);
        }
        Outcome.NotChecked gap =
                new Outcome.NotChecked(
                        "not allowed to read %s (%d of %d)"
                                .formatted(what, unreadable, readable + unreadable),
                        Optional.of(GRANT));
        return readable == 0 ? gap : new Outcome.Checked(findings, List.of(gap));
    }
}
