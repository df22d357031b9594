package org.howdah.report;

/** How much room a chart has: over the whole page, or beside another in {@link Block#columns}. */
public enum ChartSize {
    WIDE(900, 300),
    HALF(440, 260);

    final int width;
    final int height;

    ChartSize(int width, int height) {
        this.width = width;
        this.height = height;
    }
}
