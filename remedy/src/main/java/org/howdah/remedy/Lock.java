package org.howdah.remedy;

/**
 * The strongest lock that a remedy takes, and whether it holds it for a moment or until the end.
 */
public record Lock(LockMode mode, Hold hold) {
    public enum Hold {
        MOMENT,
        WHOLE_RUN
    }

    public static Lock none() {
        return new Lock(LockMode.NONE, Hold.MOMENT);
    }

    public static Lock brief(LockMode mode) {
        return new Lock(mode, Hold.MOMENT);
    }

    public static Lock throughout(LockMode mode) {
        return new Lock(mode, Hold.WHOLE_RUN);
    }
}
