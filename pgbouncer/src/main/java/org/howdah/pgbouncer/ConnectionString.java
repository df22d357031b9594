package org.howdah.pgbouncer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;
import org.howdah.proxy.RawValue;

/**
 * {@code key=value} pairs on one line; a value with blanks stands in single quotes, and a quote in
 * it is doubled. A value is never shown in a message: it may be a secret.
 */
final class ConnectionString {
    private final String text;
    private int at;

    private ConnectionString(String text) {
        this.text = text;
    }

    /** What is wrong and what to do. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final String hint;

        Malformed(String sentence, String hint) {
            super(sentence);
            this.hint = hint;
        }
    }

    /**
     * @param owner begins the message, such as {@code database "shop"}
     */
    static Optional<Map<String, RawValue>> parse(
            String text, String owner, Position position, Problems problems) {
        ConnectionString parser = new ConnectionString(text);
        Map<String, RawValue> values = new LinkedHashMap<>();
        try {
            for (parser.skipBlanks(); !parser.atEnd(); parser.skipBlanks()) {
                String key = parser.key();
                values.put(key, new RawValue(parser.value(key), position));
            }
            return Optional.of(values);
        } catch (Malformed wrong) {
            problems.error(position, owner + ": " + wrong.getMessage(), wrong.hint);
            return Optional.empty();
        }
    }

    private boolean atEnd() {
        return at == text.length();
    }

    private void skipBlanks() {
        while (!atEnd() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char letter) {
        return letter == ' ' || letter == '\t';
    }

    private String key() throws Malformed {
        int start = at;
        while (!atEnd() && text.charAt(at) != '=' && !isBlank(text.charAt(at))) {
            at++;
        }
        String key = text.substring(start, at);
        skipBlanks();
        if (key.startsWith("#") || key.startsWith(";")) {
            throw new Malformed(
                    "there can be no comment after a connection string",
                    "Put it on a line of its own");
        }
        if (atEnd() || text.charAt(at) != '=' || key.isEmpty()) {
            throw new Malformed(
                    "its connection string is not made of key=value pairs only",
                    "Put values with blanks in single quotes");
        }
        at++;
        return key;
    }

    private String value(String key) throws Malformed {
        skipBlanks();
        String value = !atEnd() && text.charAt(at) == '\'' ? quoted(key) : plain();
        if (value.isEmpty()) {
            throw new Malformed("the value of a key is empty: " + word(key), "Leave out the key");
        }
        return value;
    }

    private String plain() {
        int start = at;
        while (!atEnd() && !isBlank(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted(String key) throws Malformed {
        StringBuilder value = new StringBuilder();
        for (at++; !atEnd(); at++) {
            char letter = text.charAt(at);
            boolean quote = letter == '\'';
            if (quote && at + 1 < text.length() && text.charAt(at + 1) == '\'') {
                at++;
            } else if (quote) {
                at++;
                return value.toString();
            }
            value.append(letter);
        }
        throw new Malformed(
                "the quote before a value is not closed: " + word(key),
                "Close it; a quote inside of a value is written twice");
    }

    /** A key's name, where it is one and not a piece of something else. */
    private static String word(String key) {
        return key.matches("[a-z0-9_]{1,40}") ? key : "a key with odd letters";
    }
}
