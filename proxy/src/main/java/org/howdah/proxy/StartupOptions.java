package org.howdah.proxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line options of a session: {@code -c name=value} and {@code --name=value}, separated
 * by blanks, with a backslash before a blank that belongs to a value. Source:
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-OPTIONS
 */
public final class StartupOptions {
    private StartupOptions() {}

    /**
     * Settings by name, with dashes in names as underscores.
     *
     * @throws IllegalArgumentException whose message continues {@code options ...}
     */
    public static Map<String, String> parse(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> words = words(text);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String setting;
            if (word.equals("-c") && i + 1 < words.size()) {
                setting = words.get(++i);
            } else if (word.startsWith("-c") && word.length() > 2) {
                setting = word.substring(2);
            } else if (word.startsWith("--") && word.length() > 2) {
                setting = word.substring(2);
            } else {
                throw new IllegalArgumentException(
                        "have something that is neither -c name=value nor --name=value");
            }
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("set something without a value");
            }
            settings.put(
                    setting.substring(0, equals).replace('-', '_'), setting.substring(equals + 1));
        }
        return settings;
    }

    /** One setting in the form that {@link #parse} reads. */
    public static String write(String name, String value) {
        return "-c " + (name + "=" + value).replaceAll("([\\\\\\s])", "\\\\$1");
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (Character.isWhitespace(letter)) {
                if (inside) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inside = false;
            } else {
                inside = true;
                if (letter == '\\' && i + 1 < text.length()) {
                    word.append(text.charAt(++i));
                } else {
                    word.append(letter);
                }
            }
        }
        if (inside) {
            words.add(word.toString());
        }
        return words;
    }
}
