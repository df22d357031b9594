package org.howdah.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.howdah.embedded.Host;
import org.howdah.postgres.Environment;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.report.Progress;
import org.howdah.report.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tour that is interrupted where it has measured already. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class InterruptedTourTest {
    @ParameterizedTest
    @ValueSource(strings = {"Diagnosing", "consent", "New indexes"})
    void endsSoonAndSaysSo(String phase) {
        TourOptions options =
                TourOptions.defaults()
                        .withScale(0.02)
                        .withLoops(Duration.ofSeconds(1), Duration.ofSeconds(1));
        Tour tour =
                new Tour(
                        options,
                        Environment.ofProcess(),
                        Host.local().inMemory(),
                        Clock.systemUTC(),
                        "test");
        CtrlC pressed = new CtrlC(tour, phase);
        assertThatThrownBy(() ->
                        tour.run(
                                pressed,
                                _ -> {
                                    pressed.at("consent");
                                    return true;
                                }))
                .isInstanceOf(TourInterrupted.class)
                .hasMessage(
                        "The tour was interrupted: its cluster was stopped, and its data deleted")
                .extracting(failure -> ((HowdahException) failure).exitCode())
                .isEqualTo(ExitCode.INTERRUPTED);
        assertThat(pressed.seen.getLast()).isEqualTo(phase);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void doesNotBeginWhereItWasInterruptedBefore() {
        Tour tour =
                new Tour(
                        TourOptions.defaults(),
                        Environment.ofProcess(),
                        Host.local(),
                        Clock.systemUTC(),
                        "test");
        tour.interrupt();
        assertThatThrownBy(() -> tour.run(Progress.none(), _ -> true))
                .isInstanceOf(TourInterrupted.class);
    }

    /** Interrupts the tour from another thread when a certain step begins. */
    private static final class CtrlC implements Progress {
        private final Tour tour;
        private final String phase;
        private final List<String> seen = new ArrayList<>();

        CtrlC(Tour tour, String phase) {
            this.tour = tour;
            this.phase = phase;
        }

        void at(String title) {
            seen.add(title);
            if (title.equals(phase)) {
                Thread.ofVirtual().start(tour::interrupt);
            }
        }

        @Override
        public Step step(String title, long total, Quantity quantity, String noun) {
            at(title);
            return Progress.none().step(title, total, quantity, noun);
        }

        @Override
        public void say(String line) {}
    }
}
