package org.howdah.report;

import java.util.ArrayList;
import java.util.List;

/** Text as a terminal shows it: made harmless, measured in columns, broken into lines. */
final class DisplayText {

    private DisplayText() {}

    /**
     * The text without control characters: a table may be named with an escape sequence in it, and
     * that must not reach the terminal. Tabs become a space; line feeds stay.
     */
    static String printable(String text) {
        if (text.codePoints().noneMatch(c -> c != '\n' && hidden(c))) {
            return text;
        }
        var shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (c == '\t') {
                        shown.append(' ');
                    } else if (c == '\n' || !hidden(c)) {
                        shown.appendCodePoint(c);
                    } else if (c != '\r') {
                        shown.append(String.format("\\u%04x", c));
                    }
                });
        return shown.toString();
    }

    /** Control characters, and the marks that change the direction of what follows. */
    private static boolean hidden(int codePoint) {
        return Character.isISOControl(codePoint)
                || codePoint == 0x2028
                || codePoint == 0x2029
                || (codePoint >= 0x202A && codePoint <= 0x202E)
                || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }

    /**
     * Columns that the text takes: combining marks none, East Asian wide characters and emoji two.
     */
    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            width += width(codePoint);
            i += Character.charCount(codePoint);
        }
        return width;
    }

    private static int width(int codePoint) {
        if (codePoint < 0x300) {
            return 1;
        }
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT) {
            return 0;
        }
        // The wide blocks of Unicode's East Asian Width (UAX 11), by range.
        boolean wide =
                (codePoint >= 0x1100 && codePoint <= 0x115F)
                        || (codePoint >= 0x2E80 && codePoint <= 0xA4CF && codePoint != 0x303F)
                        || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
                        || (codePoint >= 0xF900 && codePoint <= 0xFAFF)
                        || (codePoint >= 0xFE30 && codePoint <= 0xFE6F)
                        || (codePoint >= 0xFF00 && codePoint <= 0xFF60)
                        || (codePoint >= 0xFFE0 && codePoint <= 0xFFE6)
                        || (codePoint >= 0x1F300 && codePoint <= 0x1FAFF)
                        || (codePoint >= 0x20000 && codePoint <= 0x3FFFD);
        return wide ? 2 : 1;
    }

    /**
     * The text in lines of at most {@code width} columns: broken at spaces; a word that is too long
     * is broken after a dot, underscore, comma or slash where there is one, since such words are
     * names and lists.
     */
    static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        for (String paragraph : printable(text).split("\n", -1)) {
            wrapParagraph(paragraph, Math.max(1, width), lines);
        }
        return lines;
    }

    private static void wrapParagraph(String paragraph, int width, List<String> lines) {
        if (width(paragraph) <= width) {
            lines.add(paragraph.stripTrailing());
            return;
        }
        String indent =
                paragraph.substring(0, paragraph.length() - paragraph.stripLeading().length());
        var line = new StringBuilder(indent.length() < width / 2 ? indent : "");
        boolean empty = true;
        for (String word : paragraph.strip().split(" +", -1)) {
            String rest = word;
            if (!empty && width(line.toString()) + 1 + width(rest) <= width) {
                line.append(' ').append(rest);
                continue;
            }
            if (!empty) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (width(line.toString()) + width(rest) > width) {
                int cut = cut(rest, width - width(line.toString()));
                lines.add(line + rest.substring(0, cut));
                line.setLength(0);
                rest = rest.substring(cut);
            }
            line.append(rest);
            empty = false;
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
    }

    /**
     * Where to break a word so that its head takes at most {@code width} columns: at least one code
     * point.
     */
    private static int cut(String word, int width) {
        int end = 0;
        int columns = 0;
        while (end < word.length()) {
            int codePoint = word.codePointAt(end);
            if (columns + width(codePoint) > width) {
                break;
            }
            columns += width(codePoint);
            end += Character.charCount(codePoint);
        }
        if (end == 0) {
            return Character.charCount(word.codePointAt(0));
        }
        for (int i = end; i > end / 2; i--) {
            if ("._,/-".indexOf(word.charAt(i - 1)) >= 0) {
                return i;
            }
        }
        return end;
    }

    /** The text cut to {@code width} columns, ending in an ellipsis if something was cut. */
    static String shorten(String text, int width, boolean unicode) {
        if (width(text) <= width) {
            return text;
        }
        String ellipsis = unicode ? "…" : "...";
        int room = width - width(ellipsis);
        if (room <= 0) {
            return ellipsis.substring(0, Math.min(ellipsis.length(), Math.max(0, width)));
        }
        var head = new StringBuilder();
        int columns = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            columns += width(codePoint);
            if (columns > room) {
                break;
            }
            head.appendCodePoint(codePoint);
            i += Character.charCount(codePoint);
        }
        return head + ellipsis;
    }
}
