package org.howdah.advisor;

/** Reads the shape of statements. */
interface StatementParser {
    Parsed parse(String sql);

    /** What came of it. */
    sealed interface Parsed {
        record Shape(StatementShape shape) implements Parsed {}

        /** No SELECT, INSERT, UPDATE, DELETE or MERGE: indexes do not matter to it. */
        record Utility() implements Parsed {}

        /**
         * @param reason one sentence; nothing is guessed about the statement then
         */
        record Refused(String reason) implements Parsed {}
    }
}
