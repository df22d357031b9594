package org.howdah.postgres;

import java.util.EnumMap;
import java.util.Map;

/**
 * The key=value form: {@code host=db1 dbname='my db' password=it\'s}.
 *
 * <p>https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE
 */
final class DsnWords {
    private final String text;
    private int at;

    private DsnWords(String text) {
        this.text = text;
    }

    static Map<DsnKeyword, String> parse(String text) {
        return new DsnWords(text).pairs();
    }

    private Map<DsnKeyword, String> pairs() {
        Map<DsnKeyword, String> values = new EnumMap<>(DsnKeyword.class);
        String last = "";
        while (skipSpaces()) {
            int start = at;
            while (at < text.length()
                    && text.charAt(at) != '='
                    && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            String keyword = text.substring(start, at);
            if (!skipSpaces() || text.charAt(at) != '=') {
                throw DsnText.invalid(
                        last.isEmpty()
                                ? "The connection string has a word without \"=\" at its beginning"
                                : "The connection string has a word without \"=\" after the value"
                                        + " of "
                                        + last,
                        "Put values with spaces in single quotes: dbname='my database'");
            }
            at++;
            skipSpaces();
            values.put(DsnKeyword.named(keyword), value(keyword));
            last = keyword;
        }
        return values;
    }

    private String value(String keyword) {
        boolean quoted = at < text.length() && text.charAt(at) == '\'';
        if (quoted) {
            at++;
        }
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                value.append(text.charAt(at++));
            } else if (quoted && c == '\'') {
                return value.toString();
            } else if (!quoted && Character.isWhitespace(c)) {
                return value.toString();
            } else {
                value.append(c);
            }
        }
        if (quoted) {
            throw DsnText.invalid(
                    "The quoted value of " + keyword + " in the connection string does not end",
                    "Close it with a single quote; a quote inside is written \\'");
        }
        return value.toString();
    }

    private boolean skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }
}
