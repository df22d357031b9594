package org.howdah.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1, 1 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1048064, 1.0 MiB",
        "1288490188, 1.2 GiB",
        "109951162777600, 100 TiB",
        "-2048, -2.0 KiB",
        "1047552, 1023 KiB"
    })
    void bytes(double value, String text) {
        assertThat(Units.bytes(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "3.5, 3.5",
        "99.96, 100",
        "999, 999",
        "1000, 1.0 k",
        "12345, 12.3 k",
        "999499, 999 k",
        "999500, 1.0 M",
        "1234567, 1.2 M",
        "-1500, -1.5 k"
    })
    void counts(double value, String text) {
        assertThat(Units.count(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s", "0.00000025, 250 ns", "0.0000123, 12.3 µs", "0.0034, 3.4 ms", "0.9994, 999 ms",
                "0.9996, 1.0 s", "1.3, 1.3 s",
        "59.94, 59.9 s", "59.96, 1 min", "125, 2 min 5 s", "7500, 2 h 5 min", "7199, 2 h",
                "86399, 1 d", "273600, 3 d 4 h",
        "31536000, 1 y", "-5, -5.0 s"
    })
    void seconds(double value, String text) {
        assertThat(Units.seconds(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 %",
        "1, 100 %",
        "0.953, 95.3 %",
        "0.99996, 99.99 %",
        "0.9999999, 99.99 %",
        "0.0004, 0.04 %",
        "0.0000001, <0.01 %",
        "0.5, 50 %",
        "2.5, 250 %"
    })
    void percents(double ratio, String text) {
        assertThat(Units.percent(ratio)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"NaN, unknown", "Infinity, ∞", "-Infinity, -∞"})
    void whatIsNoNumber(double value, String text) {
        for (Quantity quantity : Quantity.values()) {
            assertThat(quantity.format(value)).startsWith(text);
        }
    }

    @org.junit.jupiter.api.Test
    void durationsKeepTheirNanoseconds() {
        assertThat(Units.duration(Duration.ofNanos(1_500_000_001))).isEqualTo("1.5 s");
        assertThat(Units.exact(1_234_567)).isEqualTo("1,234,567");
        assertThat(Units.bytesPerSecond(125829120)).isEqualTo("120 MiB/s");
        assertThat(Units.perSecond(1810)).isEqualTo("1.8 k/s");
        assertThat(Units.times(57.2)).isEqualTo("57.2×");
    }
}
