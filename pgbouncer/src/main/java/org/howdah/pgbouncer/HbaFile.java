package org.howdah.pgbouncer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.howdah.proxy.HbaRule;
import org.howdah.proxy.IdentMap;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;

/**
 * Reads an HBA file. A line that cannot be understood makes the whole file unusable: to leave it
 * out could let somebody in whom it was to refuse.
 */
final class HbaFile {
    private final Path file;
    private final Map<String, IdentMap> maps;
    private final Problems problems;

    private HbaFile(Path file, Map<String, IdentMap> maps, Problems problems) {
        this.file = file;
        this.maps = maps;
        this.problems = problems;
    }

    /** The rules in their order. */
    static List<HbaRule> parse(
            String text, Path file, Map<String, IdentMap> maps, Problems problems) {
        return new HbaFile(file, maps, problems).rules(text);
    }

    private List<HbaRule> rules(String text) {
        List<HbaRule> rules = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        int number = 0;
        int first = 1;
        for (String line : text.split("\n", -1)) {
            number++;
            String stripped = line.stripTrailing();
            if (stripped.endsWith("\\")) {
                joined.append(stripped, 0, stripped.length() - 1);
                continue;
            }
            rule(joined.append(stripped).toString(), first, rules);
            joined.setLength(0);
            first = number + 1;
        }
        if (!joined.isEmpty()) {
            rule(joined.toString(), first, rules);
        }
        return rules;
    }

    private void rule(String line, int number, List<HbaRule> rules) {
        Position at = new Position(file.toString(), number);
        try {
            List<List<HbaLine.Word>> fields = HbaLine.fields(line);
            if (!fields.isEmpty()) {
                rules.add(new HbaRuleReader(file, at, maps, problems).rule(fields));
            }
        } catch (IllegalArgumentException wrong) {
            problems.error(
                    at,
                    String.valueOf(wrong.getMessage()),
                    "Write: type database user address method, as in pg_hba.conf");
        }
    }
}
