package org.howdah.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;
import org.howdah.proxy.Quoted;
import org.howdah.proxy.RawEntry;
import org.howdah.proxy.RawSettings;
import org.howdah.proxy.RawValue;
import org.howdah.proxy.StartupOptions;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads the section {@code proxy} as texts by key with their lines: what they mean is judged where
 * PgBouncer's files are judged too.
 */
final class ProxySectionReader extends StdDeserializer<ProxySection> {
    private final transient String file;

    /**
     * @param file its name, for messages
     */
    ProxySectionReader(String file) {
        super(ProxySection.class);
        this.file = file;
    }

    @Override
    public ProxySection deserialize(JsonParser parser, DeserializationContext context) {
        return new Reading(parser).section();
    }

    /** Reads one section. */
    private final class Reading {
        private final JsonParser parser;
        private final Problems problems = new Problems();
        private final Map<String, RawValue> global = new LinkedHashMap<>();
        private final Map<String, RawEntry> databases = new LinkedHashMap<>();
        private final Map<String, RawEntry> users = new LinkedHashMap<>();

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        ProxySection section() {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                wrong("proxy is no mapping", "Write its keys below it, each on a line: key: value");
                parser.skipChildren();
            } else {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    switch (key) {
                        case "databases" -> entries(key, databases);
                        case "users" -> entries(key, users);
                        default -> value(key, global);
                    }
                }
            }
            return new ProxySection(
                    new RawSettings(file, global, databases, users, Map.of()), problems.all());
        }

        private void entries(String kind, Map<String, RawEntry> entries) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                wrong(
                        "proxy: %s is no mapping of names".formatted(kind),
                        "Write each name below it, and its keys below the name");
                parser.skipChildren();
                return;
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                Position at = here();
                parser.nextToken();
                entries.put(name, new RawEntry(name, at, values(name)));
            }
        }

        private Map<String, RawValue> values(String name) {
            Map<String, RawValue> values = new LinkedHashMap<>();
            switch (parser.currentToken()) {
                case START_OBJECT -> {
                    while (parser.nextToken() != JsonToken.END_OBJECT) {
                        String key = parser.currentName();
                        parser.nextToken();
                        value(key, values);
                    }
                }
                case VALUE_NULL -> {
                    // All by default.
                }
                case null, default -> {
                    wrong(
                            "proxy: the settings of %s are no mapping".formatted(Quoted.of(name)),
                            "Write its keys below it, or {} for none");
                    parser.skipChildren();
                }
            }
            return values;
        }

        private void value(String key, Map<String, RawValue> values) {
            Position at = here();
            if (key.equals("password")) {
                wrong(
                        "proxy: passwords do not belong into this file",
                        "Name a variable of the environment with password_variable, or put it into auth_file");
                parser.skipChildren();
            } else if (parser.currentToken() == JsonToken.START_ARRAY) {
                values.put(key, new RawValue(list(key), at));
            } else if (isScalar()) {
                values.put(key, new RawValue(parser.getString(), at));
            } else if (key.equals("options") && parser.currentToken() == JsonToken.START_OBJECT) {
                values.put(key, new RawValue(options(), at));
            } else {
                wrong(
                        "proxy: %s has no value that can be read".formatted(Quoted.of(key)),
                        "Give it a text, a number or a list, or remove it");
                parser.skipChildren();
            }
        }

        private String list(String key) {
            List<String> words = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (isScalar()) {
                    words.add(parser.getString());
                } else {
                    wrong(
                            "proxy: %s has an entry that is no text".formatted(Quoted.of(key)),
                            "Write the list as [first, second]");
                    parser.skipChildren();
                }
            }
            return String.join(", ", words);
        }

        /** Settings by name, which are easier to read than options of a command line. */
        private String options() {
            List<String> options = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                if (isScalar()) {
                    options.add(StartupOptions.write(name, parser.getString()));
                } else {
                    wrong(
                            "proxy: the setting %s has no value".formatted(Quoted.of(name)),
                            "Give it a text or a number");
                    parser.skipChildren();
                }
            }
            return String.join(" ", options);
        }

        private boolean isScalar() {
            JsonToken token = parser.currentToken();
            return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL;
        }

        private Position here() {
            return new Position(file, parser.currentTokenLocation().getLineNr());
        }

        private void wrong(String sentence, String hint) {
            problems.error(here(), sentence, hint);
        }
    }
}
