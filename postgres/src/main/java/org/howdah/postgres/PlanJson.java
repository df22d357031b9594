package org.howdah.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what EXPLAIN (VERBOSE, FORMAT JSON) gives. */
final class PlanJson {
    private static final Set<String> NAMES_AND_NUMBERS =
            Set.of("Node Type", "Schema", "Relation Name", "Alias", "Index Name", "Plans");

    private PlanJson() {}

    static Plan parse(String json) {
        JsonNode document = JsonMapper.shared().readTree(json);
        return new Plan(node(document.path(0).path("Plan"), null));
    }

    /**
     * @param schema of the nearest table above: only the heap part of a bitmap scan names its table
     */
    private static PlanNode node(JsonNode json, @Nullable String schema) {
        @Nullable String here = json.has("Schema") ? json.path("Schema").asString() : schema;
        List<PlanNode> children = new ArrayList<>();
        for (JsonNode child : json.path("Plans")) {
            children.add(node(child, here));
        }
        return new PlanNode(
                json.path("Node Type").asString(),
                name(json, "Relation Name", here),
                text(json, "Alias"),
                name(json, "Index Name", here),
                json.path("Startup Cost").asDouble(0),
                json.path("Total Cost").asDouble(0),
                json.path("Plan Rows").asDouble(0),
                json.path("Plan Width").asInt(0),
                details(json),
                children);
    }

    private static Optional<QualifiedName> name(
            JsonNode json, String field, @Nullable String schema) {
        return text(json, field).map(name -> new QualifiedName(schema == null ? "" : schema, name));
    }

    private static Optional<String> text(JsonNode json, String field) {
        return json.has(field) ? Optional.of(json.path(field).asString()) : Optional.empty();
    }

    private static Map<String, List<String>> details(JsonNode json) {
        Map<String, List<String>> details = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            JsonNode value = property.getValue();
            if (NAMES_AND_NUMBERS.contains(property.getKey())) {
                continue;
            }
            if (value.isString()) {
                details.put(property.getKey(), List.of(value.asString()));
            } else if (value.isArray()) {
                details.put(property.getKey(), texts(value));
            }
        }
        return details;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            if (element.isString()) {
                texts.add(element.asString());
            }
        }
        return texts;
    }
}
