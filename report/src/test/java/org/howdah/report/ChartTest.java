package org.howdah.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChartTest {

    private static final Axis X = Axis.linear("time", Quantity.SECONDS);

    private static Html chart(Axis y, ChartSize size, Series... series) {
        return new LineChart("Latency", "", X, y, List.of(series), List.of()).html(size);
    }

    private static Series series(double... ys) {
        var points = new ArrayList<Series.Point>();
        for (int i = 0; i < ys.length; i++) {
            points.add(new Series.Point(i, ys[i]));
        }
        return new Series("s", Hue.BLUE, points);
    }

    @Test
    void aGapBreaksTheLine() {
        String markup =
                chart(
                                Axis.linear("y", Quantity.COUNT),
                                ChartSize.WIDE,
                                series(1, 2, Double.NaN, 3, 4))
                        .toString();
        String path = group(markup, "d=\"([^\"]*)\"");
        assertThat(path.chars().filter(c -> c == 'M')).hasSize(2);
    }

    @Test
    void whatIsNotAboveZeroHasNoPlaceOnALogAxis() {
        String markup =
                chart(Axis.log("y", Quantity.COUNT), ChartSize.WIDE, series(1, 0, -5, 100))
                        .toString();
        assertThat(markup).doesNotContain("NaN", "Infinity");
    }

    @Test
    void anEmptyChartSaysSo() {
        assertThat(chart(Axis.log("y", Quantity.SECONDS), ChartSize.WIDE).toString())
                .contains("no data");
        assertThat(chart(X, ChartSize.HALF, series()).toString()).contains("no data");
        assertThat(new BarChart("b", "", Quantity.COUNT, List.of()).html().toString())
                .contains("no data");
        assertThat(new ShareBar("b", "", Quantity.COUNT, List.of()).html().toString())
                .doesNotContain("NaN");
    }

    @Test
    void oneValueIsADot() {
        assertThat(chart(X, ChartSize.WIDE, series(5)).toString())
                .contains("<circle")
                .doesNotContain("NaN");
    }

    @ParameterizedTest
    @EnumSource(ChartSize.class)
    void everythingIsDrawnInsideTheFrame(ChartSize size) {
        String markup =
                chart(Axis.log("y", Quantity.SECONDS), size, series(0.001, 12, 3, 0.5)).toString();
        var numbers = Pattern.compile("[ML]([-0-9.]+) ([-0-9.]+)").matcher(markup);
        int found = 0;
        while (numbers.find()) {
            assertThat(Double.parseDouble(numbers.group(1))).isBetween(0.0, (double) size.width);
            assertThat(Double.parseDouble(numbers.group(2))).isBetween(0.0, (double) size.height);
            found++;
        }
        assertThat(found).isEqualTo(4);
    }

    @Test
    void chartsHaveANameForThoseWhoDoNotSeeThem() {
        var named =
                new LineChart(
                        "Latency", "Lower is better.", X, X, List.of(series(1, 2)), List.of());
        assertThat(named.html().toString())
                .contains(
                        "role=\"img\"", "<title>Latency</title>", "<desc>Lower is better.</desc>");
    }

    @Test
    void thinningKeepsPeaks() {
        double[] ys = new double[100_000];
        java.util.Arrays.fill(ys, 1);
        ys[54_321] = 77;
        ys[12_345] = -3;
        var thin = Thinning.of(series(ys).points(), new Scale.Linear(0, ys.length), 900);
        assertThat(thin).hasSizeLessThan(4 * 901).extracting(Series.Point::y).contains(77.0, -3.0);
    }

    @Test
    void quantilesAreSpreadByTheirNines() {
        var points =
                List.of(
                        new Series.Point(0, 1),
                        new Series.Point(0.9, 2),
                        new Series.Point(0.99, 3),
                        new Series.Point(1, 9));
        String markup =
                new DistributionChart(
                                "d",
                                "",
                                Axis.log("y", Quantity.SECONDS),
                                List.of(new Series("a", Hue.BLUE, points)))
                        .html()
                        .toString();
        assertThat(markup)
                .contains(">0 %<", ">50 %<", ">90 %<", ">99 %<")
                .doesNotContain("NaN", "Infinity");
        var xs =
                Pattern.compile("[ML]([0-9.]+) ")
                        .matcher(group(markup, "d=\"([^\"]*)\""))
                        .results()
                        .map(m -> Double.parseDouble(m.group(1)))
                        .toList();
        assertThat(xs).hasSize(3);
        assertThat(xs.get(1) - xs.get(0))
                .isCloseTo(xs.get(2) - xs.get(1), org.assertj.core.data.Offset.offset(0.2));
    }

    @Test
    void labelsThatWouldOverlapStandInDifferentRows() {
        assertThat(
                        LineChart.Stagger.rows(
                                List.of("checkpoint", "checkpoint", "far"),
                                new double[] {100, 110, 600}))
                .containsExactly(1, 2, 1);
    }

    @Test
    void gains() {
        assertThat(gain(Quantity.SECONDS, BeforeAfter.Goal.LESS, 0.812, 0.0041))
                .isEqualTo("198× less");
        assertThat(gain(Quantity.PER_SECOND, BeforeAfter.Goal.MORE, 212, 1810))
                .isEqualTo("8.5× more");
        assertThat(gain(Quantity.BYTES, BeforeAfter.Goal.LESS, 1000, 1100)).isEqualTo("10 % more");
        assertThat(gain(Quantity.RATIO, BeforeAfter.Goal.LESS, 0.487, 0.021))
                .isEqualTo("−46.6 points");
        assertThat(gain(Quantity.COUNT, BeforeAfter.Goal.LESS, 5, 0)).isEqualTo("less");
        assertThat(gain(Quantity.COUNT, BeforeAfter.Goal.LESS, 5, 5)).isEqualTo("same");
        assertThat(
                        new BeforeAfter.Measure("m", Quantity.COUNT, BeforeAfter.Goal.LESS, 5, 6)
                                .better())
                .isFalse();
    }

    private static String gain(
            Quantity quantity, BeforeAfter.Goal goal, double before, double after) {
        return new BeforeAfter.Measure("m", quantity, goal, before, after).gain();
    }

    private static String group(String markup, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(markup);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
