package org.howdah.remedy;

import java.util.List;
import org.howdah.report.Quantity;

/** Evidence that is better seen than read; the reports draw it. */
public sealed interface Picture {
    String title();

    /** Parts of a whole, drawn as one divided bar. */
    record Share(String title, Quantity unit, List<Part> parts) implements Picture {
        public Share {
            parts = List.copyOf(parts);
        }
    }

    /** Values to compare, drawn as bars from the largest down. */
    record Ranking(String title, Quantity unit, List<Part> bars) implements Picture {
        public Ranking {
            bars = List.copyOf(bars);
        }
    }

    record Part(String name, double value) {
        public Part(String name, long value) {
            this(name, (double) value);
        }
    }
}
