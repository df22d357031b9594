package org.howdah.pgbouncer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.howdah.proxy.IdentMap;
import org.howdah.proxy.IdentMap.Inner;
import org.howdah.proxy.IdentMap.Outer;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;
import org.howdah.proxy.Quoted;

/**
 * Reads a file of ident maps: {@code map outer-name user}. Source:
 * https://www.postgresql.org/docs/current/auth-username-maps.html
 */
final class IdentFile {
    private IdentFile() {}

    /** Maps by name. */
    static Map<String, IdentMap> parse(String text, String file, Problems problems) {
        Map<String, List<IdentMap.Line>> lines = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            Position at = new Position(file, ++number);
            try {
                List<List<HbaLine.Word>> fields = HbaLine.fields(line);
                if (!fields.isEmpty()) {
                    add(lines, fields);
                }
            } catch (IllegalArgumentException wrong) {
                problems.error(
                        at, String.valueOf(wrong.getMessage()), "Write: map outer-name user");
            }
        }
        Map<String, IdentMap> maps = new LinkedHashMap<>();
        lines.forEach((name, content) -> maps.put(name, new IdentMap(name, content)));
        return maps;
    }

    private static void add(
            Map<String, List<IdentMap.Line>> lines, List<List<HbaLine.Word>> fields) {
        if (fields.size() != 3 || fields.stream().anyMatch(field -> field.size() != 1)) {
            throw new IllegalArgumentException("a line of a map has three words");
        }
        HbaLine.Word outer = fields.get(1).getFirst();
        HbaLine.Word inner = fields.get(2).getFirst();
        lines.computeIfAbsent(fields.getFirst().getFirst().text(), _ -> new ArrayList<>())
                .add(
                        new IdentMap.Line(
                                isPattern(outer)
                                        ? new Outer.Matching(pattern(outer))
                                        : new Outer.Exactly(outer.text()),
                                inner(inner)));
    }

    private static Inner inner(HbaLine.Word word) {
        if (word.is("all")) {
            return new Inner.Anybody();
        }
        if (isPattern(word)) {
            return new Inner.Matching(pattern(word));
        }
        if (!word.quoted() && word.text().startsWith("+")) {
            throw new IllegalArgumentException(
                    "%s asks for the members of a role, which only the server knows"
                            .formatted(Quoted.of(word.text())));
        }
        return new Inner.Exactly(word.text());
    }

    private static boolean isPattern(HbaLine.Word word) {
        return word.text().startsWith("/") && word.text().length() > 1;
    }

    private static Pattern pattern(HbaLine.Word word) {
        try {
            return Pattern.compile(word.text().substring(1));
        } catch (PatternSyntaxException _) {
            throw new IllegalArgumentException(
                    Quoted.of(word.text()) + " is no regular expression");
        }
    }
}
