package org.howdah.remedy;

import java.util.List;
import java.util.Optional;
import org.howdah.postgres.Session;

/** Never runs anything. */
record OnlyByHand(ByHand advice) implements Procedure {
    @Override
    public Optional<String> objection(Session session) {
        return Optional.of("only a person may do this: " + advice.advice());
    }

    @Override
    public List<String> undo(Session session) {
        return List.of();
    }

    @Override
    public Effect run(Statements statements) {
        throw new RemedyEnded(RemedyState.REFUSED, advice.advice());
    }
}
