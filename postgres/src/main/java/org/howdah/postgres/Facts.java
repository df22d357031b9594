package org.howdah.postgres;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Rows of one kind read from a server at a moment, or why they could not be read. */
public sealed interface Facts<T> {
    record Known<T>(List<T> rows, Instant readAt) implements Facts<T> {
        public Known {
            rows = List.copyOf(rows);
        }
    }

    /**
     * @param reason one sentence
     * @param grant the statement that would give the missing right, where a right is what is
     *     missing
     */
    record Unknown<T>(String reason, Optional<String> grant) implements Facts<T> {}

    /**
     * The rows, none where they are unknown: only for additions to a conclusion, never for the
     * conclusion itself.
     */
    default List<T> orNone() {
        return switch (this) {
            case Known<T> known -> known.rows();
            case Unknown<T> _ -> List.of();
        };
    }

    default boolean isKnown() {
        return this instanceof Known;
    }

    default Facts<T> filter(Predicate<T> wanted) {
        return switch (this) {
            case Known<T> known ->
                    new Known<>(known.rows().stream().filter(wanted).toList(), known.readAt());
            case Unknown<T> unknown -> unknown;
        };
    }
}
