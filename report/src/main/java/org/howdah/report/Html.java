package org.howdah.report;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A piece of HTML (or SVG in it) that is safe to put into a page. It is made from text, which is
 * escaped, and from elements; there is no way to make it from markup in a string, so what a
 * database contains can never become markup.
 */
public final class Html {

    private static final Html EMPTY = new Html("");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9:-]*");
    private static final Pattern SAFE_LINK =
            Pattern.compile("#.*|https://.*|mailto:.*", Pattern.DOTALL);
    private static final Set<String> ACTIVE_ELEMENTS =
            Set.of("script", "style", "iframe", "object", "embed", "base");
    private static final Set<String> LINKS =
            Set.of("href", "src", "action", "formaction", "xlink:href");
    private static final Set<String> VOID_ELEMENTS = Set.of("br", "hr", "meta", "wbr", "col");

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /** Nothing. */
    public static Html empty() {
        return EMPTY;
    }

    /** The text, escaped. */
    public static Html text(String text) {
        return new Html(escape(text));
    }

    /** One after another. */
    public static Html join(Html... parts) {
        return join(List.of(parts));
    }

    /** One after another. */
    public static Html join(List<Html> parts) {
        var all = new StringBuilder();
        parts.forEach(part -> all.append(part.markup));
        return new Html(all.toString());
    }

    /** An element: {@code Html.tag("td").attr("class", "number").with("12")}. */
    public static Tag tag(String name) {
        return new Tag(name);
    }

    /** Markup that is a constant of this room: the style sheet. */
    static Html trusted(String markup) {
        return new Html(markup);
    }

    /** The markup itself. */
    @Override
    public String toString() {
        return markup;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Html html && html.markup.equals(markup);
    }

    @Override
    public int hashCode() {
        return markup.hashCode();
    }

    private static String escape(String text) {
        var safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n', '\t' -> safe.append(c);
                // Other control characters are not allowed in HTML; show that something was there.
                default -> safe.append(c < ' ' || (c >= 0x7F && c < 0xA0) ? '\uFFFD' : c);
            }
        }
        return safe.toString();
    }

    /** An element being built; each step returns a new value. */
    public static final class Tag {

        private final String name;
        private final String attributes;

        private Tag(String name) {
            if (!NAME.matcher(name).matches() || ACTIVE_ELEMENTS.contains(name)) {
                throw new IllegalArgumentException(
                        "Not an element that a report may contain: " + name);
            }
            this.name = name;
            this.attributes = "";
        }

        private Tag(String name, String attributes) {
            this.name = name;
            this.attributes = attributes;
        }

        /**
         * With this attribute. Event handlers, and links that are neither inside the page nor https
         * or mailto, are refused.
         */
        public Tag attr(String attribute, String value) {
            if (!NAME.matcher(attribute).matches() || attribute.startsWith("on")) {
                throw new IllegalArgumentException(
                        "Not an attribute that a report may contain: " + attribute);
            }
            if (LINKS.contains(attribute) && !SAFE_LINK.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "Not a link that a report may contain: " + value);
            }
            return new Tag(name, attributes + " " + attribute + "=\"" + escape(value) + "\"");
        }

        /** With this number as an attribute, to a tenth. */
        public Tag attr(String attribute, double value) {
            double tenths = Math.rint(value * 10) / 10;
            boolean whole = tenths == Math.rint(tenths);
            return attr(attribute, whole ? Long.toString((long) tenths) : Double.toString(tenths));
        }

        /** The element around this text. */
        public Html with(String text) {
            return with(Html.text(text));
        }

        /** The element around these. */
        public Html with(Html... content) {
            return with(List.of(content));
        }

        /** The element around these. */
        public Html with(List<Html> content) {
            String open = "<" + name + attributes + ">";
            return VOID_ELEMENTS.contains(name)
                    ? new Html(open)
                    : new Html(open + join(content) + "</" + name + ">");
        }

        /** The element with nothing in it. */
        public Html empty() {
            return with(List.of());
        }
    }
}
