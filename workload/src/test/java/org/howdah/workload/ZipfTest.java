package org.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipfTest {

    @ParameterizedTest
    @CsvSource({"1, 0.6", "2, 1.0", "50, 0.6", "50, 1.0", "1000, 0.6", "1000, 1.5"})
    void ranksComeAsOftenAsTheLawSays(int count, double exponent) {
        Zipf zipf = new Zipf(count, exponent);
        RandomGenerator random = Seeds.random(1, count, 0);
        int draws = 400_000;
        int[] seen = new int[count + 1];
        for (int i = 0; i < draws; i++) {
            seen[Math.toIntExact(zipf.rank(random))]++;
        }
        double sum = 0;
        for (int rank = 1; rank <= count; rank++) {
            sum += Math.pow(rank, -exponent);
        }
        for (int rank = 1; rank <= count; rank = rank * 2 + 1) {
            double expected = Math.pow(rank, -exponent) / sum;
            double deviation = Math.sqrt(expected * (1 - expected) / draws);
            assertThat((double) seen[rank] / draws)
                    .as("rank %d", rank)
                    .isCloseTo(expected, within(5 * deviation + 1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "20, 1", "500, -3", "50000, 9"})
    void scatterMeetsEachIdentifierOnce(int count, long seed) {
        Scatter scatter = new Scatter(count, seed);
        BitSet met = new BitSet();
        for (long rank = 1; rank <= count; rank++) {
            met.set(Math.toIntExact(scatter.identifier(rank)));
        }
        assertThat(met.cardinality()).isEqualTo(count);
        assertThat(met.nextSetBit(0)).isEqualTo(1);
        assertThat(met.length()).isEqualTo(count + 1);
    }
}
