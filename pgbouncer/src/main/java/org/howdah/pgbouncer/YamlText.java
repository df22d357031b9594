package org.howdah.pgbouncer;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Scalars of YAML, so that whatever reads them finds the same text. */
final class YamlText {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*|0|[1-9][0-9]{0,9}");

    /** Words that YAML 1.1 takes for something else than text. */
    private static final Set<String> TAKEN =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private YamlText() {}

    static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && !TAKEN.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(letter -> append(quoted, letter));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int letter) {
        if (letter == '"' || letter == '\\') {
            quoted.append('\\').appendCodePoint(letter);
        } else if ((letter >= ' ' && letter <= '~') || Character.isLetter(letter)) {
            quoted.appendCodePoint(letter);
        } else {
            quoted.append("\\U%08x".formatted(letter));
        }
    }
}
