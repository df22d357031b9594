package org.howdah.report;

import java.util.ArrayList;
import java.util.List;

/** What stands around a drawing: title, a sentence on how to read it, legend. */
final class Figure {

    private Figure() {}

    static Html of(String title, String hint, List<Key> legend, Html drawing) {
        var parts = new ArrayList<Html>();
        parts.add(Html.tag("figcaption").with(title));
        if (!hint.isEmpty()) {
            parts.add(Html.tag("p").attr("class", "hint").with(hint));
        }
        if (legend.size() > 1 || legend.stream().anyMatch(k -> !k.value().isEmpty())) {
            parts.add(
                    Html.tag("div")
                            .attr("class", "legend")
                            .with(legend.stream().map(Key::html).toList()));
        }
        parts.add(drawing);
        return Html.tag("figure").with(parts);
    }

    /** An entry of a legend. */
    record Key(Hue hue, String name, String value) {
        private Html html() {
            Html swatch =
                    Html.tag("svg")
                            .attr("viewBox", "0 0 16 10")
                            .attr("aria-hidden", "true")
                            .with(
                                    Html.tag("rect")
                                            .attr("class", hue.fill())
                                            .attr("y", 2)
                                            .attr("width", 16)
                                            .attr("height", 6)
                                            .attr("rx", 3)
                                            .empty());
            Html label =
                    value.isEmpty()
                            ? Html.text(name)
                            : Html.join(
                                    Html.text(name + " "),
                                    Html.tag("span").attr("class", "strong").with(value));
            return Html.tag("span").with(swatch, label);
        }
    }
}
