package org.howdah.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which rows a partition takes; values as text, as {@code pg_get_expr} gives them. */
public sealed interface PartitionBound {
    /** All that no other partition takes. */
    record Default() implements PartitionBound {}

    /** From the first values, included, to the last, excluded; one value for each key. */
    record Range(List<End> from, List<End> to) implements PartitionBound {
        public Range {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    record Values(List<String> values) implements PartitionBound {
        public Values {
            values = List.copyOf(values);
        }
    }

    record Hash(int modulus, int remainder) implements PartitionBound {}

    /** One end of a range for one key. */
    sealed interface End {
        record Value(String text) implements End {}

        record Minimum() implements End {}

        record Maximum() implements End {}
    }

    Pattern RANGE = Pattern.compile("FOR VALUES FROM \\((.*)\\) TO \\((.*)\\)", Pattern.DOTALL);
    Pattern VALUES = Pattern.compile("FOR VALUES IN \\((.*)\\)", Pattern.DOTALL);
    Pattern HASH = Pattern.compile("FOR VALUES WITH \\(modulus (\\d+), remainder (\\d+)\\)");
    Pattern ITEM = Pattern.compile("'((?:[^']|'')*)'(?:::[^,]*)?|([^,\\s]+)");

    /** Reads what {@code RelationFact.bound} holds. */
    static PartitionBound parse(String text) {
        if (text.equals("DEFAULT")) {
            return new Default();
        }
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            return new Range(ends(range.group(1)), ends(range.group(2)));
        }
        Matcher values = VALUES.matcher(text);
        if (values.matches()) {
            return new Values(items(values.group(1)));
        }
        Matcher hash = HASH.matcher(text);
        if (hash.matches()) {
            return new Hash(Integer.parseInt(hash.group(1)), Integer.parseInt(hash.group(2)));
        }
        throw new IllegalArgumentException("no partition bound: " + text);
    }

    private static List<End> ends(String list) {
        return items(list).stream()
                .<End>map(item ->
                        switch (item) {
                            case "MINVALUE" -> new End.Minimum();
                            case "MAXVALUE" -> new End.Maximum();
                            default -> new End.Value(item);
                        })
                .toList();
    }

    private static List<String> items(String list) {
        List<String> items = new ArrayList<>();
        Matcher item = ITEM.matcher(list);
        while (item.find()) {
            String quoted = item.group(1);
            items.add(quoted == null ? item.group(2) : quoted.replace("''", "'"));
        }
        return items;
    }
}
