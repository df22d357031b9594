package org.howdah.app;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.NearestName;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Finds keys that nobody reads, before anything is read: the mapper would find them too, but not
 * say where they are.
 */
final class ConfigurationKeys {
    private final JsonParser parser;
    private final String file;

    private ConfigurationKeys(JsonParser parser, String file) {
        this.parser = parser;
        this.file = file;
    }

    /**
     * @throws HowdahException (exit code 2) for the first key that the type does not have
     */
    static void check(JsonParser parser, Class<?> type, String file) {
        parser.nextToken();
        new ConfigurationKeys(parser, file).value(type);
    }

    /** The parser stands on the first token of a value, and on its last afterwards. */
    private void value(Type declared) {
        Type type = declared;
        JsonToken token = parser.currentToken();
        while (type instanceof ParameterizedType parameterized
                && parameterized.getRawType() == Optional.class) {
            type = parameterized.getActualTypeArguments()[0];
        }
        if (token == JsonToken.START_ARRAY && type instanceof ParameterizedType list) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == JsonToken.VALUE_NULL) {
                    throw wrong("an entry of this list is empty", "Give it a value or remove it");
                }
                value(list.getActualTypeArguments()[0]);
            }
        } else if (token == JsonToken.START_OBJECT
                && type instanceof Class<?> record
                && record.isRecord()) {
            keys(known(record));
        } else {
            parser.skipChildren();
        }
    }

    private void keys(Map<String, Type> known) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Type type = known.get(key);
            if (type == null) {
                throw wrong(
                        "there is no key \"" + key + "\"",
                        NearestName.of(key, known.keySet())
                                .map(nearest -> "Did you mean \"" + nearest + "\"?")
                                .orElse("Known here: " + String.join(", ", known.keySet())));
            }
            parser.nextToken();
            value(type);
        }
    }

    private static Map<String, Type> known(Class<?> record) {
        Map<String, Type> known = new TreeMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            known.put(key(component.getName()), component.getGenericType());
        }
        return known;
    }

    /** {@code maxReplicaLag} is {@code max_replica_lag} in the file. */
    static String key(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private HowdahException wrong(String sentence, String hint) {
        var at = parser.currentTokenLocation();
        return new HowdahException(
                "configuration-invalid",
                "%s, line %d, column %d: %s"
                        .formatted(file, at.getLineNr(), at.getColumnNr(), sentence),
                hint,
                ExitCode.USAGE);
    }
}
