package org.howdah.workload;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.howdah.workload.Generator.Identifier;
import tools.jackson.databind.JsonNode;

/** Reads a generator as a workload file writes it; mcp.yaml describes the forms. */
final class GeneratorReader {
    private static final Pattern DISTANCE = Pattern.compile("(\\d{1,5})([dhm])");

    private GeneratorReader() {}

    /**
     * @throws IllegalArgumentException with a reason for a person
     */
    static Generator read(JsonNode node) {
        if (node.has("value")) {
            return new Generator.Column(derived(text(node, "value")), identifier(node.path("of")));
        }
        if (node.has("list")) {
            return new Generator.Several(
                    identifier(node.path("list")), positive(node.path("size"), "size"));
        }
        if (node.has("oneOf")) {
            return Generator.choice(weights(node.path("oneOf"), GeneratorReader::textOrNull));
        }
        if (node.has("number")) {
            return Generator.choice(
                    weights(
                            node.path("number"),
                            number -> new Value.Int(Integer.parseInt(number))));
        }
        if (node.has("ago")) {
            return new Generator.Ago(
                    new Weighted<>(weights(node.path("ago"), GeneratorReader::distance)));
        }
        if (node.has("day")) {
            int from = positive(node.path("day").path("from"), "from");
            int to = positive(node.path("day").path("to"), "to");
            require(from <= to, "from must not be after to");
            return new Generator.Day(from, to);
        }
        if (node.has("text")) {
            require(text(node, "text").equals("search"), "the only kind of text is search");
            return new Generator.Search();
        }
        return identifier(node);
    }

    private static Identifier identifier(JsonNode node) {
        if (node.has("busy")) {
            require(text(node, "busy").equals("users"), "only users are busy");
            return new Generator.BusyUser();
        }
        if (node.has("scanning")) {
            require(text(node, "scanning").equals("users"), "only users scan");
            return new Generator.ScanningUser();
        }
        if (node.has("uniform")) {
            return new Generator.Uniform(table(text(node, "uniform")));
        }
        if (node.has("latest")) {
            return new Generator.Latest(
                    table(text(node, "latest")), positive(node.path("within"), "within"));
        }
        throw new IllegalArgumentException("unknown form " + node);
    }

    private static Value textOrNull(String text) {
        return text.equals("null") ? new Value.None() : new Value.Text(text);
    }

    private static Duration distance(String text) {
        Matcher matcher = DISTANCE.matcher(text);
        require(matcher.matches(), text + " is no distance such as 7d, 12h or 30m");
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "d" -> Duration.ofDays(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofMinutes(count);
        };
    }

    private static <T> Map<T, Double> weights(JsonNode node, Function<String, T> reading) {
        Map<T, Double> weights = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            double weight = entry.getValue().asDouble(-1);
            require(weight >= 0, entry.getKey() + " needs a weight of 0 or more");
            weights.put(reading.apply(entry.getKey()), weight);
        }
        require(!weights.isEmpty(), "nothing to choose from");
        return weights;
    }

    private static Generator.Derived derived(String column) {
        return Arrays.stream(Generator.Derived.values())
                .filter(candidate -> candidate.column().equals(column))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                column
                                        + " does not follow from an identifier; these do: "
                                        + Arrays.stream(Generator.Derived.values())
                                                .map(Generator.Derived::column)
                                                .toList()));
    }

    private static String table(String name) {
        require(Schema.isTable(name), name + " is no table of the schema");
        return name;
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }

    private static int positive(JsonNode node, String what) {
        int number = node.asInt(0);
        require(number > 0, what + " must be a whole number above 0");
        return number;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
