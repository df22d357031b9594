package org.howdah.remedy;

/**
 * What a guard said at one moment.
 *
 * @param sentence what it saw, with the numbers
 */
public record GuardReading(String guard, Verdict verdict, String sentence) {
    public enum Verdict {
        PASS,
        /** Not now; waiting may help. */
        WAIT,
        /** Not at all; waiting will not help. */
        REFUSE,
        /** It cannot know; the policy says whether that blocks. */
        UNKNOWN
    }

    /** Whether a remedy may not run now. */
    public boolean blocks(boolean unknownBlocks) {
        return switch (verdict) {
            case PASS -> false;
            case WAIT, REFUSE -> true;
            case UNKNOWN -> unknownBlocks;
        };
    }

    /** For the journal: {@code load: 3 of at most 80 sessions are busy}. */
    @Override
    public String toString() {
        return guard
                + (verdict == Verdict.PASS
                        ? ""
                        : " (" + verdict.name().toLowerCase(java.util.Locale.ROOT) + ")")
                + ": "
                + sentence;
    }
}
