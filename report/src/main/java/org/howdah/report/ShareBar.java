package org.howdah.report;

import java.util.ArrayList;
import java.util.List;

/** One bar cut into the parts of a whole, with each part's value and share in the legend. */
public record ShareBar(String title, String hint, Quantity quantity, List<Share> shares) {

    private static final double THICKNESS = 26;
    private static final double GAP = 2;

    public ShareBar {
        shares = List.copyOf(shares);
    }

    public Html html() {
        return html(ChartSize.WIDE);
    }

    public Html html(ChartSize size) {
        double whole = shares.stream().mapToDouble(Share::value).sum();
        var svg = new Svg();
        var legend = new ArrayList<Figure.Key>();
        double x = 0;
        long drawn = shares.stream().filter(s -> s.value() > 0).count();
        double room = size.width - GAP * Math.max(0, drawn - 1);
        for (Share share : shares) {
            String figure =
                    quantity.format(share.value())
                            + (whole > 0 && quantity != Quantity.RATIO
                                    ? " (" + Units.percent(share.value() / whole) + ")"
                                    : "");
            legend.add(new Figure.Key(share.hue(), share.label(), figure));
            if (share.value() > 0) {
                double width = share.value() / whole * room;
                svg.bar(x, 0, width, THICKNESS, share.hue().fill(), share.label() + ": " + figure);
                x += width + GAP;
            }
        }
        return Figure.of(title, hint, legend, svg.chart(size.width, THICKNESS, title, hint));
    }

    /** A part; its value is not negative. */
    public record Share(String label, double value, Hue hue) {}
}
