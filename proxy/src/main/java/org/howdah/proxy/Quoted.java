package org.howdah.proxy;

/** Foreign text in a message: on one line, without control characters, and not without end. */
public final class Quoted {
    private static final int MOST = 120;

    private Quoted() {}

    public static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .limit(MOST)
                .map(letter -> harmless(letter) ? letter : '?')
                .forEach(quoted::appendCodePoint);
        return quoted.append(text.codePointCount(0, text.length()) > MOST ? "...\"" : "\"")
                .toString();
    }

    private static boolean harmless(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
