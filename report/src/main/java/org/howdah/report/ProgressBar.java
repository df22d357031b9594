package org.howdah.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Progress for a person who watches: one line that is drawn again. A virtual thread a step draws it
 * ten times a second, so that the time goes on even while nothing advances; callers only count.
 * Steps that overlap are shown one at a time, the latest first.
 */
final class ProgressBar implements Progress {

    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final int BAR_WIDTH = 24;

    private final Terminal terminal;
    private final PrintStream out;
    private final InstantSource clock;
    private final Object lock = new Object();
    private Optional<BarStep> shown = Optional.empty();

    ProgressBar(Terminal terminal, PrintStream out, InstantSource clock) {
        this.terminal = terminal;
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Step step(String title, long total, Quantity quantity, String noun) {
        var step = new BarStep(new StepState(title, total, quantity, noun, clock.instant()));
        synchronized (lock) {
            shown = Optional.of(step);
            draw();
        }
        Thread.ofVirtual().name("progress").start(step::keepDrawing);
        return step;
    }

    @Override
    public void say(String line) {
        synchronized (lock) {
            out.print(CLEAR_LINE);
            out.println(line);
            draw();
        }
    }

    private void draw() {
        synchronized (lock) {
            out.print(CLEAR_LINE);
            shown.ifPresent(step -> out.print(line(step.state, clock.instant())));
            out.flush();
        }
    }

    private String line(StepState state, Instant now) {
        String title = DisplayText.shorten(state.title, terminal.width() / 3, terminal.unicode());
        String bar = state.part().map(this::bar).orElse("");
        String figures = state.figures(now);
        String text = " " + figures + (state.note().isEmpty() ? "" : " · " + state.note());
        if (!terminal.unicode()) {
            text = text.replace('·', '-').replace("µ", "u");
        }
        int room = terminal.width() - 1 - DisplayText.width(title) - DisplayText.width(bar);
        return title
                + terminal.paint(Style.ACCENT, bar)
                + DisplayText.shorten(text, room, terminal.unicode());
    }

    private String bar(double part) {
        String percent = String.format("%4d %%", (int) Math.floor(part * 100));
        if (terminal.width() < 70) {
            return " " + percent;
        }
        int full = (int) Math.round(part * BAR_WIDTH);
        String filled = (terminal.unicode() ? "━" : "#").repeat(full);
        String empty = (terminal.unicode() ? "┄" : ".").repeat(BAR_WIDTH - full);
        return " " + filled + empty + percent;
    }

    private void end(BarStep step) {
        synchronized (lock) {
            if (shown.filter(s -> s == step).isPresent()) {
                shown = Optional.empty();
            }
            StepState state = step.state;
            String mark =
                    terminal.unicode()
                            ? (state.failed() ? "✗ " : "✓ ")
                            : (state.failed() ? "failed: " : "done: ");
            String summary = state.summary(clock.instant());
            say(
                    terminal.paint(state.failed() ? Style.CRITICAL : Style.GOOD, mark)
                            + state.title
                            + "  "
                            + terminal.paint(
                                    state.failed() ? Style.CRITICAL : Style.MUTED, summary));
        }
    }

    private final class BarStep implements Step {
        private final StepState state;
        private final CountDownLatch ended = new CountDownLatch(1);

        BarStep(StepState state) {
            this.state = state;
        }

        private void keepDrawing() {
            try {
                while (!ended.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                    synchronized (lock) {
                        if (shown.isEmpty() && ended.getCount() > 0) {
                            shown = Optional.of(this);
                        }
                        if (shown.filter(s -> s == this).isPresent()) {
                            draw();
                        }
                    }
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
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
                synchronized (lock) {
                    ended.countDown();
                    end(this);
                }
            }
        }
    }
}
