package org.howdah.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TicksTest {

    private static List<String> linear(Quantity quantity, double max) {
        return Ticks.linear(quantity, 0, max, 6).stream().map(Tick::label).toList();
    }

    private static List<String> log(Quantity quantity, double min, double max) {
        return Ticks.log(quantity, min, max, 6).stream().map(Tick::label).toList();
    }

    @Test
    void linearAxesHaveRoundNumbersInOneUnit() {
        assertThat(linear(Quantity.COUNT, 1000))
                .containsExactly("0", "200", "400", "600", "800", "1,000");
        assertThat(linear(Quantity.PER_SECOND, 25_000))
                .containsExactly("0", "5 k/s", "10 k/s", "15 k/s", "20 k/s", "25 k/s");
        assertThat(linear(Quantity.BYTES, 3 * 1024.0 * 1024 * 1024))
                .containsExactly(
                        "0", "0.5 GiB", "1.0 GiB", "1.5 GiB", "2.0 GiB", "2.5 GiB", "3.0 GiB");
        assertThat(linear(Quantity.RATIO, 1))
                .containsExactly("0 %", "20 %", "40 %", "60 %", "80 %", "100 %");
        assertThat(linear(Quantity.SECONDS, 0.05))
                .containsExactly("0", "10 ms", "20 ms", "30 ms", "40 ms", "50 ms");
        assertThat(linear(Quantity.SECONDS, 10))
                .containsExactly("0", "2 s", "4 s", "6 s", "8 s", "10 s");
        assertThat(linear(Quantity.SECONDS, 1500))
                .containsExactly("0", "5 min", "10 min", "15 min", "20 min", "25 min");
        assertThat(linear(Quantity.SECONDS, 6 * 86_400))
                .containsExactly("0", "1 d", "2 d", "3 d", "4 d", "5 d", "6 d");
    }

    @Test
    void logAxesHaveRoundNumbersAtEqualFactors() {
        assertThat(log(Quantity.SECONDS, 0.001, 10))
                .containsExactly("1 ms", "10 ms", "100 ms", "1 s", "10 s");
        assertThat(log(Quantity.SECONDS, 1, 200_000))
                .containsExactly("1 s", "10 s", "2 min", "15 min", "3 h", "1 d");
        assertThat(log(Quantity.COUNT, 1, 100)).containsExactly("1", "3", "10", "30", "100");
        assertThat(log(Quantity.BYTES, 1024, 1024.0 * 1024 * 1024))
                .containsExactly("1 KiB", "32 KiB", "1 MiB", "32 MiB", "1 GiB");
        assertThat(log(Quantity.RATIO, 0.0001, 1))
                .containsExactly("0.01 %", "0.1 %", "1 %", "10 %", "100 %");
    }

    @Test
    void whateverTheRangeTicksAreInsideFewAndDistinct() {
        var random = new Random(11);
        var quantities = List.of(Quantity.values());
        for (int i = 0; i < 20_000; i++) {
            Quantity quantity = quantities.get(random.nextInt(quantities.size()));
            double max = Math.pow(10, random.nextDouble() * 18 - 6) * (0.1 + random.nextDouble());
            int most = 2 + random.nextInt(9);
            var ticks = Ticks.linear(quantity, 0, max, most);
            assertThat(ticks).as("%s to %s", quantity, max).hasSizeBetween(1, most + 1);
            assertThat(ticks.stream().map(Tick::label).distinct())
                    .as("%s to %s", quantity, max)
                    .hasSameSizeAs(ticks);
            assertThat(ticks).allMatch(t -> t.value() >= 0 && t.value() <= max * 1.000001);
            double end = Ticks.roundUp(quantity, 0, max, most);
            assertThat(end).isGreaterThanOrEqualTo(max * 0.999999);

            double min = max / Math.pow(10, random.nextDouble() * 12 + 1);
            var logTicks = Ticks.log(quantity, min, max, most);
            assertThat(logTicks).hasSizeLessThanOrEqualTo(Math.max(2, most));
            assertThat(logTicks).as("%s from %s to %s", quantity, min, max).isNotEmpty();
            assertThat(logTicks)
                    .allMatch(t -> t.value() >= min * 0.999999 && t.value() <= max * 1.000001);
        }
    }
}
