package org.howdah.check;

import org.howdah.remedy.Severity;

/** How full a range of numbers is allowed to be. */
final class Exhaustion {
    /** Changing the type of a large key takes weeks of preparation; this leaves them. */
    static final double NEAR = 0.70;

    static final double IMMINENT = 0.90;

    private Exhaustion() {}

    static Severity severity(double used) {
        return used >= IMMINENT ? Severity.CRITICAL : Severity.WARNING;
    }
}
