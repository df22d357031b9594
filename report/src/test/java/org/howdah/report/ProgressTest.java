package org.howdah.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private volatile Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private final InstantSource clock = () -> now;

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLogGetsALineAtTheStartAndOneAtTheEnd() {
        Progress progress = Progress.on(Terminal.plain(), out, clock);
        try (var step = progress.step("Loading events", 2_000_000, Quantity.COUNT, "rows")) {
            step.advance(1_500_000);
            step.note("not shown");
            step.advance(500_000);
            now = now.plusSeconds(4);
        }
        assertThat(written().lines())
                .containsExactly(
                        "Loading events ...", "Loading events: 2.0 M rows in 4.0 s (500 k/s)");
    }

    @Test
    void whatFailedAndWhatWasCutShortSaySo() {
        Progress progress = Progress.on(Terminal.plain(), out, clock);
        try (var step = progress.step("Building index")) {
            now = now.plus(Duration.ofMinutes(3));
            step.fail("lock timeout");
        }
        try (var step = progress.step("Copying", 1024, Quantity.BYTES, "")) {
            step.reach(512);
        }
        assertThat(written().lines())
                .contains(
                        "Building index: failed after 3 min: lock timeout",
                        "Copying: 512 B of 1.0 KiB in 0 s");
    }

    @Test
    void aTerminalGetsABarWithRateAndTimeLeft() {
        var state = new StepState("Loading", 2_000_000, Quantity.COUNT, "rows", now);
        state.advance(500_000);
        now = now.plusSeconds(2);
        assertThat(state.figures(now)).isEqualTo("500 k of 2.0 M rows, 250 k/s, 6 s left");
        assertThat(state.part()).contains(0.25);
    }

    @Test
    void theBarIsDrawnOnOneLineAndReplacedByItsSummary() {
        Progress progress = Progress.on(new Terminal(80, false, true, true), out, clock);
        try (var step = progress.step("Loading", 4, Quantity.COUNT, "tables")) {
            step.advance(2);
            progress.say("a message");
            step.advance(2);
        }
        String[] drawn = written().split("\r\u001b\\[K", -1);
        assertThat(drawn).contains("Loading ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄   0 % 0 of 4 tables, 0 s");
        assertThat(drawn).contains("a message" + System.lineSeparator());
        assertThat(drawn).contains("Loading ━━━━━━━━━━━━┄┄┄┄┄┄┄┄┄┄┄┄  50 % 2 of 4 tables, 0 s");
        assertThat(drawn).contains("✓ Loading  4 tables in 0 s" + System.lineSeparator());
        assertThat(drawn).allSatisfy(line -> assertThat(DisplayText.width(line)).isLessThan(80));
    }

    @Test
    void aLongTitleAndNoteFitTheLine() {
        Progress progress = Progress.on(new Terminal(60, false, true, true), out, clock);
        try (var step = progress.step("A very long title ".repeat(5), 10, Quantity.BYTES, "")) {
            step.note("schema.a_table_with_a_long_name_" + "x".repeat(100));
            progress.say("drawn again");
            assertThat(written().split("\r\u001b\\[K", -1))
                    .allSatisfy(line -> assertThat(DisplayText.width(line.strip())).isLessThan(60));
        }
    }

    @Test
    void manyThreadsMayAdvance() throws InterruptedException {
        Progress progress = Progress.on(Terminal.plain(), out, clock);
        var step = progress.step("Counting", 100_000, Quantity.COUNT, "things");
        try (step;
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                pool.execute(() -> {
                    for (int n = 0; n < 1000; n++) {
                        step.advance(1);
                    }
                });
            }
        }
        step.close();
        assertThat(written().lines())
                .containsExactly("Counting ...", "Counting: 100 k things in 0 s");
    }

    @Test
    void noneSaysNothing() {
        try (var step = Progress.none().step("Nothing")) {
            step.advance(1);
            Progress.none().say("silence");
        }
        assertThat(written()).isEmpty();
    }
}
