package org.howdah.remedy;

import java.util.List;

/**
 * What only a person may do: shown, never run.
 *
 * @param advice one sentence
 */
public record ByHand(Subject subject, String advice, List<String> statements) implements Remedy {
    public ByHand {
        statements = List.copyOf(statements);
    }

    @Override
    public String database() {
        return subject.database();
    }

    @Override
    public Lock lock() {
        return Lock.none();
    }

    @Override
    public String kind() {
        return "by-hand";
    }
}
