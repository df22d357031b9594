package org.howdah.remedy;

import java.util.Optional;

/**
 * What a procedure achieved.
 *
 * @param reason anything worth saying; empty where all went as planned
 * @param reading a measure that the procedure took itself
 */
record Effect(RemedyState state, String reason, Optional<JournalEntry.Reading> reading) {
    static Effect done() {
        return done("");
    }

    static Effect done(String reason) {
        return new Effect(RemedyState.DONE, reason, Optional.empty());
    }
}
