package org.howdah.app;

import java.util.function.BooleanSupplier;

/** Lets a command end in order when a person presses Ctrl-C or the process is told to end. */
interface Interruption {
    /** Undoes the registration; the work is over. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Asks {@code stop} to end the work when the process is interrupted, and keeps the process
     * alive until the command has come to its end, with the exit code of the command.
     *
     * @param stop returns soon; runs in a thread of its own; false where nothing runs that is worth
     *     waiting for, so that the process ends as any other that is interrupted
     */
    Registration during(BooleanSupplier stop);

    /** The same where there is always something to wait for. */
    default Registration during(Runnable stop) {
        return during(() -> {
            stop.run();
            return true;
        });
    }

    /**
     * Runs {@code action} whenever this signal comes, in place of what would happen else.
     *
     * @param signal without SIG, such as {@code HUP}
     */
    default Registration on(String signal, Runnable action) {
        return () -> {};
    }
}
