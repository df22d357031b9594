package org.howdah.report;

/**
 * The colors of charts: variables of the page's style sheet, so that they suit light, dark and
 * paper.
 */
public enum Hue {
    BLUE("1"),
    ORANGE("2"),
    TEAL("3"),
    PURPLE("4"),
    PINK("5"),
    OLIVE("6"),
    MUTED("muted"),
    GOOD("good"),
    WARNING("warning"),
    CRITICAL("critical");

    /** How things were, in every chart that compares. */
    public static final Hue BEFORE = ORANGE;

    /** How things are now, in every chart that compares. */
    public static final Hue AFTER = BLUE;

    private final String name;

    Hue(String name) {
        this.name = name;
    }

    /** The n-th of the colors that can be told apart, from 0; they repeat after six. */
    public static Hue nth(int index) {
        return values()[Math.floorMod(index, 6)];
    }

    String stroke() {
        return "stroke-" + name;
    }

    String fill() {
        return "fill-" + name;
    }
}
