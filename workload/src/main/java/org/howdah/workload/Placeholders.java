package org.howdah.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * SQL with its parameters in the order in which the driver counts them.
 *
 * @param sql with a question mark for each
 * @param order the name of each; a name may stand more than once
 */
record Placeholders(String sql, List<String> order) {

    Placeholders {
        order = List.copyOf(order);
    }

    /**
     * Reads {@code :name}; texts, quoted names, comments and casts ({@code ::}) stay as they are.
     */
    static Placeholders parse(String text) {
        StringBuilder sql = new StringBuilder(text.length());
        List<String> order = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = skipped(text, at);
            if (end > at) {
                sql.append(text, at, end);
            } else if (text.charAt(at) == ':' && nameEnd(text, at + 1) > at + 1) {
                end = nameEnd(text, at + 1);
                order.add(text.substring(at + 1, end));
                sql.append('?');
            } else {
                end = at + 1;
                sql.append(text.charAt(at) == '?' ? "??" : text.substring(at, end));
            }
            at = end;
        }
        return new Placeholders(sql.toString(), order);
    }

    /** With literals in place of the parameters. */
    static String filled(String text, Map<String, Value> values) {
        Placeholders parsed = parse(text);
        StringBuilder filled = new StringBuilder(text.length() + 64);
        int next = 0;
        String sql = parsed.sql();
        for (int at = 0; at < sql.length(); ) {
            int end = skipped(sql, at);
            if (end > at) {
                filled.append(sql, at, end);
                at = end;
            } else if (sql.startsWith("??", at)) {
                filled.append('?');
                at += 2;
            } else if (sql.charAt(at) == '?') {
                Value value = values.get(parsed.order().get(next++));
                filled.append(value == null ? "NULL" : value.literal());
                at++;
            } else {
                filled.append(sql.charAt(at++));
            }
        }
        return filled.toString();
    }

    /** Where the text, quoted name, line comment or double colon that begins here ends. */
    private static int skipped(String text, int at) {
        char first = text.charAt(at);
        if (first == '\'' || first == '"') {
            int close = text.indexOf(first, at + 1);
            return close < 0 ? text.length() : close + 1;
        }
        if (text.startsWith("--", at)) {
            int close = text.indexOf('\n', at);
            return close < 0 ? text.length() : close;
        }
        return text.startsWith("::", at) ? at + 2 : at;
    }

    private static int nameEnd(String text, int at) {
        int end = at;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end > at && Character.isLetter(text.charAt(at)) ? end : at;
    }
}
