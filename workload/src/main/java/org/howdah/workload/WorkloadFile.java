package org.howdah.workload;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a workload file; each complaint names the statement that it is about. */
final class WorkloadFile {
    private static final Set<String> KEYS = Set.of("name", "statements");
    private static final Set<String> STATEMENT_KEYS =
            Set.of("name", "weight", "kind", "sql", "parameters");

    private final String file;

    private WorkloadFile(String file) {
        this.file = file;
    }

    static Workload parse(String file, byte[] content) {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(content);
        } catch (JacksonException failure) {
            throw WorkloadException.file(
                    file,
                    "line "
                            + failure.getLocation().getLineNr()
                            + " is not YAML: "
                            + failure.getOriginalMessage().lines().findFirst().orElse(""),
                    "Indent with spaces, and quote texts that contain a colon or braces.");
        }
        return new WorkloadFile(file).workload(root);
    }

    private Workload workload(JsonNode root) {
        onlyKeys("the file", root, KEYS);
        List<Transaction> transactions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode statement : root.path("statements")) {
            Transaction transaction = transaction(statement);
            if (!names.add(transaction.name())) {
                throw wrong("two statements are called " + transaction.name() + ".");
            }
            transactions.add(transaction);
        }
        if (transactions.stream().noneMatch(transaction -> transaction.weight() > 0)) {
            throw wrong("it has no statement with a weight above 0.");
        }
        return new Workload(root.path("name").asString("workload"), transactions);
    }

    private Transaction transaction(JsonNode node) {
        String name = node.path("name").asString("");
        if (name.isBlank()) {
            throw wrong("a statement has no name.");
        }
        onlyKeys(name, node, STATEMENT_KEYS);
        double weight = node.path("weight").asDouble(-1);
        if (!(weight >= 0)) {
            throw wrong(name + " needs a weight of 0 or more.");
        }
        List<String> templates = templates(name, node.path("sql"));
        Map<String, Generator> parameters = parameters(name, node.path("parameters"));
        for (String template : templates) {
            check(name, template, parameters.keySet());
        }
        return new Transaction(name, weight, kind(name, node.path("kind")), templates, parameters);
    }

    private void check(String name, String template, Set<String> parameters) {
        for (String place : Schema.unknownPlaces(template)) {
            throw wrong(name + " has {" + place + "}, which is no table or column of the schema.");
        }
        for (String used : Placeholders.parse(template).order()) {
            if (!parameters.contains(used)) {
                throw wrong(name + " uses :" + used + " but has no such parameter.");
            }
        }
    }

    private List<String> templates(String name, JsonNode sql) {
        List<String> templates = new ArrayList<>();
        if (sql.isArray()) {
            sql.forEach(each -> templates.add(each.asString("")));
        } else {
            templates.add(sql.asString(""));
        }
        if (templates.isEmpty() || templates.stream().anyMatch(String::isBlank)) {
            throw wrong(name + " has no sql.");
        }
        return templates.stream().map(String::strip).toList();
    }

    private Transaction.Kind kind(String name, JsonNode kind) {
        return switch (kind.asString("read").toLowerCase(Locale.ROOT)) {
            case "read" -> Transaction.Kind.READ;
            case "write" -> Transaction.Kind.WRITE;
            case "report" -> Transaction.Kind.REPORT;
            default -> throw wrong(name + " must be of kind read, write or report.");
        };
    }

    private Map<String, Generator> parameters(String name, JsonNode node) {
        Map<String, Generator> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            try {
                parameters.put(entry.getKey(), GeneratorReader.read(entry.getValue()));
            } catch (IllegalArgumentException problem) {
                throw wrong(
                        name + ", parameter " + entry.getKey() + ": " + problem.getMessage() + ".");
            }
        }
        return parameters;
    }

    private void onlyKeys(String where, JsonNode node, Set<String> known) {
        for (String key : node.propertyNames()) {
            if (!known.contains(key)) {
                throw wrong(where + " has an unknown key " + key + ".");
            }
        }
    }

    private WorkloadException wrong(String problem) {
        return WorkloadException.file(
                file, problem, "The comment at the top of mcp.yaml describes the format.");
    }
}
