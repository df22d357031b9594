package org.howdah.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A set of code points: sorted ranges, searched by halves. */
final class CodePoints {

    private static final int HEXADECIMAL = 16;

    private final int[] first;
    private final int[] last;

    private CodePoints(String ranges) {
        String[] words = ranges.strip().split("\\s+", -1);
        first = new int[words.length];
        last = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            int hyphen = words[i].indexOf('-');
            String from = hyphen < 0 ? words[i] : words[i].substring(0, hyphen);
            first[i] = Integer.parseInt(from, HEXADECIMAL);
            last[i] = Integer.parseInt(words[i].substring(hyphen + 1), HEXADECIMAL);
        }
    }

    boolean contains(int codePoint) {
        int found = Arrays.binarySearch(first, codePoint);
        int range = found >= 0 ? found : -found - 2;
        return range >= 0 && codePoint <= last[range];
    }

    /** The sets of a resource beside this class, by the names in brackets before them. */
    static Map<String, CodePoints> read(String resource) {
        Map<String, StringBuilder> texts = new HashMap<>();
        StringBuilder current = new StringBuilder();
        for (String line : text(resource).split("\n", -1)) {
            if (line.startsWith("[")) {
                current = new StringBuilder();
                texts.put(line.substring(1, line.indexOf(']')), current);
            } else if (!line.startsWith("#")) {
                current.append(line).append(' ');
            }
        }
        Map<String, CodePoints> sets = new HashMap<>();
        texts.forEach((name, ranges) -> sets.put(name, new CodePoints(ranges.toString())));
        return Map.copyOf(sets);
    }

    private static String text(String resource) {
        try (InputStream in =
                Objects.requireNonNull(CodePoints.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
