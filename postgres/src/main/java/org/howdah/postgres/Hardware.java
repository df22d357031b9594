package org.howdah.postgres;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The machine of a server, as far as it is known: SQL does not show it.
 *
 * @param memoryBytes what the server may use: the machine's memory or the limit of its control
 *     group
 * @param processors the same in processors
 * @param rotating whether the data directory lies on a disk that turns
 * @param source where this is from: {@code given}, {@code this machine}, {@code unknown}
 */
public record Hardware(
        OptionalLong memoryBytes,
        OptionalInt processors,
        Optional<Boolean> rotating,
        String source) {

    public static Hardware unknown() {
        return new Hardware(OptionalLong.empty(), OptionalInt.empty(), Optional.empty(), "unknown");
    }

    /** As the user says. */
    public static Hardware given(OptionalLong memoryBytes, OptionalInt processors) {
        return new Hardware(memoryBytes, processors, Optional.empty(), "given");
    }

    /** This, with what it leaves open taken from the other. */
    public Hardware or(Hardware other) {
        return new Hardware(
                memoryBytes.isPresent() ? memoryBytes : other.memoryBytes,
                processors.isPresent() ? processors : other.processors,
                rotating.or(other::rotating),
                memoryBytes.isPresent() || processors.isPresent() ? source : other.source);
    }
}
