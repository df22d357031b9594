package org.howdah.report;

import java.io.PrintStream;
import java.time.InstantSource;

/**
 * Tells how long work is getting on, for one or more steps one after another. Safe to use from
 * several threads.
 *
 * <pre>{@code
 * try (Progress.Step step = progress.step("Loading events", rows, Quantity.COUNT, "rows")) {
 *     step.advance(1000);
 * }
 * }</pre>
 */
public interface Progress {

    /**
     * Starts a step.
     *
     * @param title what is being done, such as {@code Loading events}
     * @param total how much there is to do, 0 if that is not known
     * @param quantity what is counted
     * @param noun what the things counted are called, such as {@code rows}; may be empty
     */
    Step step(String title, long total, Quantity quantity, String noun);

    /** Starts a step of which only the time is known. */
    default Step step(String title) {
        return step(title, 0, Quantity.COUNT, "");
    }

    /** Prints a line without disturbing the bar. */
    void say(String line);

    /** Says nothing: for {@code --json} and tests. */
    static Progress none() {
        return new SilentProgress();
    }

    /**
     * A bar on an interactive terminal; elsewhere a line when a step starts and one when it ends.
     *
     * @param out where to; standard error keeps standard output for results
     */
    static Progress on(Terminal terminal, PrintStream out, InstantSource clock) {
        return terminal.interactive()
                ? new ProgressBar(terminal, out, clock)
                : new ProgressLines(terminal, out, clock);
    }

    /** A step under way. Closing it ends it; closing twice does no harm. */
    interface Step extends AutoCloseable {

        /** So much more has been done. */
        void advance(long amount);

        /** So much has been done in all. */
        void reach(long done);

        /** The total is now known, or known better. */
        void total(long total);

        /** What is being done at this moment, such as the name of a table. */
        void note(String text);

        /** The step did not succeed: its last line says so when it is closed. */
        void fail(String reason);

        @Override
        void close();
    }
}
