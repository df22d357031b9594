package org.howdah.postgres;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that a misspelt one was probably meant to be. */
public final class NearestName {
    private NearestName() {}

    /**
     * The candidate with the fewest typing slips (insertions, deletions, replacements, swaps of
     * neighbours); none where even that one has more than a third of the word's letters wrong.
     */
    public static Optional<String> of(String word, Collection<String> candidates) {
        String wanted = word.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .min(
                        Comparator.<String>comparingInt(
                                        name -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                                .thenComparing(Comparator.naturalOrder()))
                .filter(name ->
                        distance(wanted, name.toLowerCase(Locale.ROOT))
                                <= Math.max(1, (word.length() + 1) / 3));
    }

    /**
     * Optimal string alignment: <a
     * href="https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance">Damerau-Levenshtein</a>
     * without editing a part twice.
     */
    static int distance(String left, String right) {
        int[][] slips = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            slips[i][0] = i;
        }
        for (int j = 0; j <= right.length(); j++) {
            slips[0][j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            for (int j = 1; j <= right.length(); j++) {
                int replaced =
                        slips[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                int best = Math.min(replaced, Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    best = Math.min(best, slips[i - 2][j - 2] + 1);
                }
                slips[i][j] = best;
            }
        }
        return slips[left.length()][right.length()];
    }
}
