package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 0.9, 0.99, 0.999, 1})
    void quantilesAreWrongByAnEighthAtMost(double share) {
        Random random = new Random(7);
        long[] micros = new long[20_000];
        Histogram histogram = new Histogram();
        for (int i = 0; i < micros.length; i++) {
            micros[i] = (long) Math.exp(random.nextDouble() * Math.log(1e8));
            histogram.record(micros[i] * 1000);
        }
        Arrays.sort(micros);
        long right = micros[Math.max(0, (int) Math.ceil(share * micros.length) - 1)];
        assertThat(histogram.quantileMicros(share)).isBetween(right, right + right / 8 + 1);
    }

    @Test
    void nothingCountedIsNothing() {
        Histogram histogram = new Histogram();
        assertThat(histogram.quantileMicros(0.5)).isZero();
        assertThat(histogram.below(20)).isZero();
    }

    @Test
    void bucketsEndAtPowersOfTwo() {
        Histogram histogram = new Histogram();
        histogram.record(63_999);
        histogram.record(64_000);
        histogram.record(1_000_000_000_000_000L);
        histogram.record(-5);
        assertThat(histogram.below(6)).isEqualTo(2);
        assertThat(histogram.below(7)).isEqualTo(3);
        assertThat(histogram.below(31)).isEqualTo(4);
        assertThat(histogram.count()).isEqualTo(4);
    }

    @Test
    void sumsAdd() {
        Histogram one = new Histogram();
        one.record(1_000_000);
        Histogram two = new Histogram();
        two.record(3_000_000);
        one.add(two);
        assertThat(one.sumNanos()).isEqualTo(4_000_000);
        assertThat(one.mostNanos()).isEqualTo(3_000_000);
        assertThat(one.count()).isEqualTo(2);
    }
}
