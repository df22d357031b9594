package org.howdah.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.howdah.workload.Latency;
import org.howdah.workload.LoadResult;
import org.howdah.workload.Probe;
import org.howdah.workload.Transaction;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final int SLOWEST = 0;
    private static final int P95 = 1;
    private static final int THROUGHPUT = 2;
    private static final int ACCESSES = 3;
    private static final int DEAD = 4;
    private static final int INDEX_HIT = 6;

    /** A measurement of round numbers, to be changed in one. */
    private record Shape(
            double slowestMicros,
            long p95Micros,
            double throughput,
            long unserved,
            double accesses,
            double dead,
            double indexHit) {
        static final Shape BAD = new Shape(1_000_000, 2_000_000, 40, 0, 0.1, 0.6, 0.9);
        static final Shape GOOD = new Shape(10_000, 50_000, 400, 0, 0.97, 0.02, 0.999);

        Measurement measurement() {
            return new Measurement(
                    List.of(
                            new Probe.Timing("search", Transaction.Kind.READ, 3, slowestMicros, 0),
                            new Probe.Timing("insert", Transaction.Kind.WRITE, 3, 400, 0)),
                    load(throughput, p95Micros, 0),
                    load(20, p95Micros, unserved),
                    accesses,
                    accesses,
                    dead,
                    0.999,
                    indexHit);
        }

        private static LoadResult load(double perSecond, long p95, long unserved) {
            Latency latency =
                    new Latency(100, p95 / 2.0, 1, p95 / 2, p95, p95, p95, p95, p95, List.of());
            return new LoadResult(
                    "mcp",
                    "open",
                    Instant.EPOCH,
                    10,
                    1,
                    8,
                    20,
                    perSecond,
                    unserved,
                    0,
                    false,
                    latency,
                    latency,
                    Map.of(),
                    List.of(),
                    List.of());
        }
    }

    private static List<Figure> figures(Shape before, Shape after) {
        return Figures.of(before.measurement(), after.measurement());
    }

    @Test
    void allGoalsAreReachedWhereAllIsWell() {
        assertThat(figures(Shape.BAD, Shape.GOOD)).allMatch(Figure::reached);
    }

    @Test
    void nothingIsReachedWhereNothingChanged() {
        List<Figure> figures = figures(Shape.BAD, Shape.BAD);
        assertThat(figures.get(SLOWEST).reached()).isFalse();
        assertThat(figures.get(P95).reached()).isFalse();
        assertThat(figures.get(THROUGHPUT).reached()).isFalse();
        assertThat(figures.get(ACCESSES).reached()).isFalse();
        assertThat(figures.get(DEAD).reached()).isFalse();
        assertThat(figures.get(INDEX_HIT).reached()).isFalse();
    }

    @Test
    void fiftyFourTimesFasterIsNotEnough() {
        Shape after = new Shape(1_000_000 / 54.0, 50_000, 400, 0, 0.97, 0.02, 0.999);
        assertThat(figures(Shape.BAD, after).get(SLOWEST).reached()).isFalse();
    }

    @Test
    void aHundredMillisecondsAreTooMany() {
        Shape after = new Shape(10_000, 100_000, 400, 0, 0.97, 0.02, 0.999);
        assertThat(figures(Shape.BAD, after).get(P95).reached()).isFalse();
    }

    @Test
    void aQueueThatIsLeftSpoilsTheLatency() {
        Shape after = new Shape(10_000, 50_000, 400, 1, 0.97, 0.02, 0.999);
        assertThat(figures(Shape.BAD, after).get(P95).reached()).isFalse();
    }

    @Test
    void aClusterThatWasNotInBadShapeProvesNothing() {
        Shape before = new Shape(1_000_000, 2_000_000, 40, 0, 0.1, 0.3, 0.9);
        assertThat(figures(before, Shape.GOOD).get(DEAD).reached()).isFalse();
    }
}
