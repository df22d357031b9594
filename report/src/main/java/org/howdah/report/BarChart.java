package org.howdah.report;

import java.util.List;
import java.util.function.Function;

/** Horizontal bars, one for each thing, from zero, in the given order. */
public record BarChart(String title, String hint, Quantity quantity, List<Bar> bars) {

    private static final double ROW = 26;
    private static final double THICKNESS = 16;

    public BarChart {
        bars = List.copyOf(bars);
    }

    public Html html() {
        return html(ChartSize.WIDE);
    }

    public Html html(ChartSize size) {
        var svg = new Svg();
        double most =
                bars.stream().mapToDouble(Bar::value).filter(Double::isFinite).max().orElse(0);
        double names = Math.min(size.width * 0.42, widest(Bar::label) * 1.1 + 14);
        double figures = widest(b -> quantity.format(b.value())) * 1.25;
        double notes = widest(Bar::note);
        double room = size.width - names - figures - notes - 12;
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double top = i * ROW + (ROW - THICKNESS) / 2;
            double length =
                    most <= 0 || !(bar.value() > 0) ? 0 : Math.max(1, bar.value() / most * room);
            svg.text(
                    0,
                    top + 12.5,
                    Svg.Anchor.START,
                    "name",
                    Svg.fit(bar.label(), (names - 12) / 1.08));
            svg.bar(
                    names,
                    top,
                    length,
                    THICKNESS,
                    bar.hue().fill(),
                    bar.label() + ": " + figure(bar));
            svg.text(
                    names + length + 7,
                    top + 12.5,
                    Svg.Anchor.START,
                    "figure",
                    quantity.format(bar.value()));
            svg.text(size.width, top + 12.5, Svg.Anchor.END, "", bar.note());
        }
        Html drawing =
                bars.isEmpty()
                        ? Html.tag("p").attr("class", "hint").with("no data")
                        : svg.chart(size.width, bars.size() * ROW, title, hint);
        return Figure.of(title, hint, List.of(), drawing);
    }

    private double widest(Function<Bar, String> text) {
        return bars.stream().mapToDouble(b -> Svg.textWidth(text.apply(b))).max().orElse(0);
    }

    private String figure(Bar bar) {
        return bar.note().isEmpty()
                ? quantity.format(bar.value())
                : quantity.format(bar.value()) + "  " + bar.note();
    }

    /**
     * A bar.
     *
     * @param note a second figure, such as its part of the whole; may be empty
     */
    public record Bar(String label, double value, Hue hue, String note) {}
}
