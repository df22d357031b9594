package org.howdah.remedy;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which entries of the journal to read, the newest first.
 *
 * @param cluster only of this cluster
 * @param states only in these states; empty for all
 * @param limit the most entries
 * @param before only entries with a lower number: the next page
 */
public record JournalFilter(
        Optional<String> cluster, Set<RemedyState> states, OptionalLong before, int limit) {
    private static final int PAGE = 100;

    public JournalFilter {
        states = Set.copyOf(states);
    }

    public static JournalFilter all() {
        return new JournalFilter(Optional.empty(), Set.of(), OptionalLong.empty(), PAGE);
    }

    public JournalFilter withCluster(String name) {
        return new JournalFilter(Optional.of(name), states, before, limit);
    }

    public JournalFilter withStates(Set<RemedyState> wanted) {
        return new JournalFilter(cluster, wanted, before, limit);
    }

    public JournalFilter withLimit(int entries) {
        return new JournalFilter(cluster, states, before, entries);
    }

    public JournalFilter withBefore(long id) {
        return new JournalFilter(cluster, states, OptionalLong.of(id), limit);
    }
}
