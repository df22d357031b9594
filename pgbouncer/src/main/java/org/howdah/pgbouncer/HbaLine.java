package org.howdah.pgbouncer;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of an HBA or ident file, taken apart: fields are separated by blanks, the words of a field
 * by commas. Source: https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
 */
final class HbaLine {
    /**
     * A word.
     *
     * @param quoted whether it stood in double quotes, and so means only itself
     */
    record Word(String text, boolean quoted) {

        boolean is(String keyword) {
            return !quoted && text.equals(keyword);
        }
    }

    private final String line;
    private int at;

    private HbaLine(String line) {
        this.line = line;
    }

    /**
     * The fields up to a comment.
     *
     * @throws IllegalArgumentException where a quote is not closed
     */
    static List<List<Word>> fields(String line) {
        return new HbaLine(line).fields();
    }

    private List<List<Word>> fields() {
        List<List<Word>> fields = new ArrayList<>();
        boolean joined = false;
        for (skipBlanks(); at < line.length() && line.charAt(at) != '#'; skipBlanks()) {
            if (line.charAt(at) == ',') {
                at++;
                joined = true;
            } else if (joined && !fields.isEmpty()) {
                fields.getLast().add(word());
                joined = false;
            } else {
                fields.add(new ArrayList<>(List.of(word())));
                joined = false;
            }
        }
        return fields;
    }

    private void skipBlanks() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
    }

    private Word word() {
        boolean quoted = line.charAt(at) == '"';
        boolean inside = false;
        StringBuilder word = new StringBuilder();
        for (; at < line.length(); at++) {
            char letter = line.charAt(at);
            if (letter == '"') {
                boolean twice = inside && at + 1 < line.length() && line.charAt(at + 1) == '"';
                if (twice) {
                    word.append('"');
                    at++;
                } else {
                    inside = !inside;
                }
            } else if (!inside && ends(letter)) {
                break;
            } else {
                word.append(letter);
            }
        }
        if (inside) {
            throw new IllegalArgumentException("a double quote is not closed");
        }
        return new Word(word.toString(), quoted);
    }

    private static boolean ends(char letter) {
        return letter == ',' || letter == '#' || Character.isWhitespace(letter);
    }
}
