package org.howdah.report;

import java.util.List;
import java.util.Locale;

/**
 * Measures before and after, two bars each, with what was gained. Each measure has its own scale,
 * since their units differ: bars are compared within a measure only.
 */
public record BeforeAfter(String title, String hint, List<Measure> measures) {

    private static final double ROW = 52;
    private static final double THICKNESS = 13;

    public BeforeAfter {
        measures = List.copyOf(measures);
    }

    public Html html() {
        return html(ChartSize.WIDE);
    }

    public Html html(ChartSize size) {
        var svg = new Svg();
        double names =
                Math.min(
                        size.width * 0.34,
                        measures.stream()
                                        .mapToDouble(m -> Svg.textWidth(m.label()) * 1.1)
                                        .max()
                                        .orElse(0)
                                + 16);
        double gains =
                measures.stream().mapToDouble(m -> Svg.textWidth(m.gain()) * 1.15).max().orElse(0)
                        + 12;
        for (int i = 0; i < measures.size(); i++) {
            draw(svg, measures.get(i), i, names, size.width - gains, size.width);
        }
        var legend =
                List.of(
                        new Figure.Key(Hue.BEFORE, "before", ""),
                        new Figure.Key(Hue.AFTER, "after", ""));
        return Figure.of(
                title, hint, legend, svg.chart(size.width, measures.size() * ROW, title, hint));
    }

    private static void draw(
            Svg svg, Measure measure, int index, double names, double end, double width) {
        double top = index * ROW + (ROW - 2 * THICKNESS - 3) / 2;
        if (index > 0) {
            svg.line(0, index * ROW, width, index * ROW, "grid");
        }
        svg.text(
                0,
                index * ROW + ROW / 2 + 4.5,
                Svg.Anchor.START,
                "name",
                Svg.fit(measure.label(), (names - 14) / 1.08));
        double most = Math.max(measure.before(), measure.after());
        double figures =
                Math.max(
                        Svg.textWidth(measure.figure(measure.before())),
                        Svg.textWidth(measure.figure(measure.after())));
        double room = end - names - figures * 1.15 - 10;
        bar(svg, names, top, measure.before(), most, room, Hue.BEFORE, measure);
        bar(svg, names, top + THICKNESS + 3, measure.after(), most, room, Hue.AFTER, measure);
        String tone =
                measure.better()
                        ? "gain fill-good-text"
                        : measure.same() ? "gain" : "gain fill-critical-text";
        svg.text(width, index * ROW + ROW / 2 + 4.5, Svg.Anchor.END, tone, measure.gain());
    }

    private static void bar(
            Svg svg,
            double x,
            double y,
            double value,
            double most,
            double room,
            Hue hue,
            Measure measure) {
        double length = most > 0 && value > 0 ? Math.max(1.5, value / most * room) : 1.5;
        String figure = measure.figure(value);
        svg.bar(
                x,
                y,
                length,
                THICKNESS,
                hue.fill(),
                measure.label() + ", " + (hue == Hue.BEFORE ? "before" : "after") + ": " + figure);
        svg.text(x + length + 7, y + 11, Svg.Anchor.START, "figure", figure);
    }

    /** Which way is better. */
    public enum Goal {
        LESS,
        MORE
    }

    /** What was measured twice, in one unit. */
    public record Measure(String label, Quantity quantity, Goal goal, double before, double after) {

        String figure(double value) {
            return quantity.format(value);
        }

        boolean same() {
            return figure(before).equals(figure(after));
        }

        boolean better() {
            return !same() && (goal == Goal.LESS ? after < before : after > before);
        }

        /** Such as {@code 57× less}, {@code 9.7 % more}, or {@code +12.3 points} for a ratio. */
        public String gain() {
            if (same()) {
                return "same";
            }
            if (quantity == Quantity.RATIO) {
                double points = (after - before) * 100;
                return String.format(
                        Locale.ROOT, "%s%.1f points", points > 0 ? "+" : "−", Math.abs(points));
            }
            if (!(before > 0) || !(after > 0)) {
                return after > before ? "more" : "less";
            }
            double factor = after > before ? after / before : before / after;
            String way = after > before ? " more" : " less";
            return factor < 2
                    ? Units.percent(Math.abs(after - before) / before) + way
                    : Units.times(factor) + way;
        }
    }
}
