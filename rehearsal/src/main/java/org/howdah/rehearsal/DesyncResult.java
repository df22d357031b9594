package org.howdah.rehearsal;

import java.util.Optional;

/**
 * What a run of the desync fuzzer has found.
 *
 * @param operations messages that were sent and whose answers were right
 * @param problem what was wrong first, with the last messages of that client
 */
public record DesyncResult(
        DesyncOptions options,
        long operations,
        long cancels,
        long disconnects,
        long alterations,
        Optional<String> problem) {}
