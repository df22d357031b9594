package org.howdah.report;

import java.io.PrintStream;
import java.time.InstantSource;

/** Progress for logs and pipes: a line when a step starts and a line when it ends. */
final class ProgressLines implements Progress {

    private final Terminal terminal;
    private final PrintStream out;
    private final InstantSource clock;

    ProgressLines(Terminal terminal, PrintStream out, InstantSource clock) {
        this.terminal = terminal;
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Step step(String title, long total, Quantity quantity, String noun) {
        var state = new StepState(title, total, quantity, noun, clock.instant());
        say(state.title + " ...");
        return new LineStep(state);
    }

    @Override
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    private final class LineStep implements Step {
        private final StepState state;

        LineStep(StepState state) {
            this.state = state;
        }

        @Override
        public void advance(long amount) {
            state.advance(amount);
        }

        @Override
        public void reach(long done) {
            state.reach(done);
        }

        @Override
        public void total(long total) {
            state.total(total);
        }

        @Override
        public void note(String text) {
            state.note(text);
        }

        @Override
        public void fail(String reason) {
            state.fail(reason);
        }

        @Override
        public void close() {
            if (state.close()) {
                String summary = state.summary(clock.instant());
                say(
                        state.title
                                + ": "
                                + terminal.paint(
                                        state.failed() ? Style.CRITICAL : Style.PLAIN, summary));
            }
        }
    }
}
