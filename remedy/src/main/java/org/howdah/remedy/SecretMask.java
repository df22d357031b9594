package org.howdah.remedy;

import java.util.regex.Pattern;

/** Takes passwords out of statements and messages before they are kept or shown. */
final class SecretMask {
    private static final String MASK = "***";

    // CREATE ROLE ... PASSWORD 'text', in each form of a string constant.
    private static final Pattern CLAUSE =
            Pattern.compile(
                    "(?i)(\\bpassword\\s*=?\\s*)(?:E?'(?:[^'\\\\]|''|\\\\.)*'|\\$(\\w*)\\$.*?\\$\\2\\$)",
                    Pattern.DOTALL);
    // password=text inside a connection string inside a string constant; quoted for libpq or not.
    private static final Pattern QUOTED_PAIR =
            Pattern.compile("(?i)(\\bpassword\\s*=\\s*)''[^']+''");
    private static final Pattern PAIR =
            Pattern.compile("(?i)(\\b(?:ssl)?password\\s*=\\s*)(?!\\*\\*\\*)[^\\s'\"&]+");
    // scheme://user:text@host
    private static final Pattern ADDRESS = Pattern.compile("(://[^\\s:/@']*:)[^\\s@']+(@)");

    private SecretMask() {}

    /** Whether something was taken out, so that the text cannot be run again. */
    static boolean isMasked(String text) {
        return text.contains(MASK);
    }

    static String mask(String text) {
        String masked = QUOTED_PAIR.matcher(text).replaceAll("$1" + MASK);
        masked = CLAUSE.matcher(masked).replaceAll("$1'" + MASK + "'");
        masked = PAIR.matcher(masked).replaceAll("$1" + MASK);
        return ADDRESS.matcher(masked).replaceAll("$1" + MASK + "$2");
    }
}
