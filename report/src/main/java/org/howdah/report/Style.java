package org.howdah.report;

/**
 * What a piece of output means to its reader. A terminal shows it as a color ({@link
 * Terminal#paint}), a page as a CSS class ({@link #cssClass}); the words must make sense without
 * either.
 */
public enum Style {
    PLAIN("", "plain"),
    STRONG("1", "strong"),
    MUTED("2", "muted"),
    ACCENT("36", "accent"),
    GOOD("32", "good"),
    NOTICE("34", "notice"),
    WARNING("33", "warning"),
    CRITICAL("1;31", "critical");

    private final String sgr;
    private final String cssClass;

    Style(String sgr, String cssClass) {
        this.sgr = sgr;
        this.cssClass = cssClass;
    }

    /** The parameters of the terminal's Select Graphic Rendition sequence, empty for plain text. */
    String sgr() {
        return sgr;
    }

    /** The class that {@link HtmlPage}'s style sheet gives this meaning to. */
    public String cssClass() {
        return cssClass;
    }
}
