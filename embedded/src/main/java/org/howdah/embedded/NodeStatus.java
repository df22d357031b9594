package org.howdah.embedded;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a server of a cluster does.
 *
 * @param replayLagBytes WAL that the writer has written and this reader not yet replayed; empty for
 *     the writer, and for a reader that does not stream
 */
public record NodeStatus(
        String name,
        Role role,
        State state,
        int port,
        Optional<Long> pid,
        Path directory,
        OptionalLong replayLagBytes) {

    /** What it is for. */
    public enum Role {
        WRITER,
        READER
    }

    /** Whether it runs. */
    public enum State {
        RUNNING,
        /** Every process is stopped (SIGSTOP): it neither answers nor ends. */
        FROZEN,
        STOPPED
    }
}
