package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a cluster's directory says of it, in {@code cluster.properties}: whoever opens the directory
 * finds the servers again.
 *
 * @param nodes names in the order in which they were made; each is a directory
 * @param writer the node that writes, or is being promoted to
 */
record ClusterState(ClusterOptions options, List<String> nodes, String writer) {

    private static final String FILE = "cluster.properties";
    private static final String FORMAT = "1";
    private static final String SETTING = "setting.";

    ClusterState {
        nodes = List.copyOf(nodes);
    }

    static ClusterState fresh(ClusterOptions options) {
        List<String> nodes = new ArrayList<>();
        for (int number = 1; number <= options.readers() + 1; number++) {
            nodes.add("node" + number);
        }
        return new ClusterState(options, nodes, nodes.getFirst());
    }

    List<String> readers() {
        return nodes.stream().filter(node -> !node.equals(writer)).toList();
    }

    ClusterState withWriter(String newWriter) {
        return new ClusterState(options, nodes, newWriter);
    }

    ClusterState withOptions(ClusterOptions newOptions) {
        return new ClusterState(newOptions, nodes, writer);
    }

    ClusterState withNode(String node) {
        List<String> all = new ArrayList<>(nodes);
        all.add(node);
        return new ClusterState(options.withReaders(all.size() - 1), all, writer);
    }

    ClusterState withoutNode(String node) {
        List<String> all = new ArrayList<>(nodes);
        all.remove(node);
        return new ClusterState(options.withReaders(all.size() - 1), all, writer);
    }

    /** A name that no node has had while the others were there. */
    String nextName() {
        int highest =
                nodes.stream()
                        .mapToInt(node -> Integer.parseInt(node.substring("node".length())))
                        .max()
                        .orElse(0);
        return "node" + (highest + 1);
    }

    static Optional<ClusterState> read(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Map<String, String> values = PropertiesFile.read(file);
            if (!FORMAT.equals(values.get("format"))) {
                throw new EmbeddedException(
                        "The file " + file + " has a format that this Howdah does not know.",
                        "Use the version of Howdah that made the cluster.");
            }
            return Optional.of(parse(values));
        } catch (IOException | IllegalArgumentException damaged) {
            throw new EmbeddedException(
                    "The file " + file + " cannot be read: " + damaged.getMessage() + ".",
                    "Restore it, or move the directory away and start a new cluster.",
                    damaged);
        }
    }

    private static ClusterState parse(Map<String, String> values) {
        Map<String, String> settings = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(SETTING)) {
                settings.put(name.substring(SETTING.length()), value);
            }
        });
        List<String> nodes = Stream.of(required(values, "nodes").split(",", -1)).toList();
        ServerOptions server =
                new ServerOptions(
                        Integer.parseInt(required(values, "major")),
                        number(values.getOrDefault("first-port", "")),
                        settings,
                        Lifetime.valueOf(required(values, "lifetime")),
                        Boolean.parseBoolean(required(values, "checksums")),
                        Access.valueOf(required(values, "access")),
                        Duration.parse(required(values, "patience")));
        ClusterOptions options =
                new ClusterOptions(
                        server,
                        nodes.size() - 1,
                        Boolean.parseBoolean(required(values, "feedback")),
                        number(values.getOrDefault("quorum", "")));
        return new ClusterState(options, nodes, required(values, "writer"));
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the line " + name + " is missing");
        }
        return value;
    }

    private static OptionalInt number(String text) {
        return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }

    private static String text(OptionalInt number) {
        return number.isPresent() ? String.valueOf(number.getAsInt()) : "";
    }

    void write(Path directory) {
        Map<String, String> values = new TreeMap<>();
        ServerOptions server = options.server();
        values.put("format", FORMAT);
        values.put("major", String.valueOf(server.major()));
        values.put("lifetime", server.lifetime().name());
        values.put("checksums", String.valueOf(server.checksums()));
        values.put("access", server.access().name());
        values.put("patience", server.patience().toString());
        values.put("first-port", text(server.port()));
        values.put("feedback", String.valueOf(options.feedback()));
        values.put("quorum", text(options.quorum()));
        values.put("nodes", String.join(",", nodes));
        values.put("writer", writer);
        server.settings().forEach((name, value) -> values.put(SETTING + name, value));
        try {
            PropertiesFile.write(directory.resolve(FILE), values, "A PostgreSQL cluster of Howdah");
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The file "
                            + directory.resolve(FILE)
                            + " cannot be written: "
                            + Causes.text(failed),
                    "Check the permissions and the free space there.",
                    failed);
        }
    }
}
