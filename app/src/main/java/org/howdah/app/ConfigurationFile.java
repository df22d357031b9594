package org.howdah.app;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.howdah.postgres.Environment;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@code howdah.yaml} and says exactly where it is wrong. */
final class ConfigurationFile {
    private static final String NAME = "howdah.yaml";

    private ConfigurationFile() {}

    /**
     * The file to read: the one given, or the first that exists of {@code ./howdah.yaml} and {@code
     * ~/.config/howdah/howdah.yaml}.
     */
    static Optional<Path> find(Optional<Path> given, Path directory, Environment environment) {
        if (given.isPresent()) {
            return given.map(directory::resolve);
        }
        Path personal =
                environment
                        .variable("XDG_CONFIG_HOME")
                        .map(Path::of)
                        .orElseGet(() -> environment.home().resolve(".config"));
        return List.of(directory.resolve(NAME), personal.resolve("howdah").resolve(NAME)).stream()
                .filter(Files::exists)
                .findFirst();
    }

    /**
     * @throws HowdahException (exit code 2) where it cannot be read or is wrong
     */
    static Configuration read(Path file) {
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
        } catch (IOException failure) {
            throw new HowdahException(
                    "configuration-unreadable",
                    "The configuration file " + file + " cannot be read",
                    Files.exists(file)
                            ? "Check its permissions and that it is UTF-8"
                            : "Correct --config, or make one with: howdah config example > " + NAME,
                    ExitCode.USAGE,
                    failure);
        }
    }

    /**
     * @param name the file's name, for errors
     */
    static Configuration parse(String text, String name) {
        if (text.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
            return Configuration.empty();
        }
        try {
            YAMLMapper mapper = mapper(name);
            try (JsonParser parser = mapper.createParser(text)) {
                ConfigurationKeys.check(parser, Configuration.class, name);
            }
            return mapper.readValue(text, Configuration.class);
        } catch (JacksonException wrong) {
            throw explain(wrong, name);
        }
    }

    private static YAMLMapper mapper(String name) {
        SimpleModule words = new SimpleModule("howdah");
        words.addDeserializer(ByteSize.class, new Words<>(ByteSize.class, ByteSize::parse));
        words.addDeserializer(Duration.class, new Words<>(Duration.class, PlainDuration::parse));
        words.addDeserializer(ProxySection.class, new ProxySectionReader(name));
        words.addDeserializer(ZoneId.class, new Words<>(ZoneId.class, ConfigurationFile::zone));
        return YAMLMapper.builder(
                        YAMLFactory.builder()
                                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                .build())
                .addModule(words)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .changeDefaultNullHandling(
                        _ -> JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL))
                .build();
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no time zone; write for example Europe/Berlin or UTC");
        }
    }

    /** Reads a value from text in a form of ours. */
    private static final class Words<T> extends StdDeserializer<T> {
        private final transient Function<String, T> parse;

        Words(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            String text = parser.getString();
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException wrong) {
                throw InvalidFormatException.from(
                        parser, String.valueOf(wrong.getMessage()), text, handledType());
            }
        }
    }

    private static HowdahException explain(JacksonException wrong, String name) {
        TokenStreamLocation at = wrong.getLocation();
        String place =
                at == null || at.getLineNr() < 1
                        ? name
                        : "%s, line %d, column %d"
                                .formatted(name, at.getLineNr(), at.getColumnNr());
        return switch (wrong) {
            case InvalidFormatException value ->
                    invalid(place + ": " + sentence(value), choices(value), wrong);
            case DatabindException value ->
                    invalid(
                            place + ": " + sentence(value),
                            "Compare with: howdah config example",
                            wrong);
            default ->
                    invalid(
                            place + ": this is not YAML: " + firstLine(wrong),
                            "Check the indentation, quotes and colons around that line",
                            wrong);
        };
    }

    private static String sentence(DatabindException wrong) {
        String path =
                wrong.getPath().stream()
                        .map(step ->
                                step.getPropertyName() == null
                                        ? "[" + step.getIndex() + "]"
                                        : "." + step.getPropertyName())
                        .reduce("", String::concat)
                        .replaceFirst("^\\.", "");
        String said = wrong.getOriginalMessage();
        if (wrong instanceof InvalidFormatException value
                && value.getTargetType() != null
                && value.getTargetType().isEnum()) {
            said = "\"" + value.getValue() + "\" is no value of this key";
        } else if (said.startsWith("Missing required creator property")) {
            said =
                    said.replaceFirst(
                            "Missing required creator property '([^']*)'.*",
                            "the key \"$1\" is missing");
        } else if (said.startsWith("Cannot ")) {
            said = "this value has the wrong form";
        }
        return path.isEmpty() ? said : path + ": " + said;
    }

    private static String choices(InvalidFormatException value) {
        Class<?> type = value.getTargetType();
        if (type != null && type.isEnum()) {
            return "Choose one of: "
                    + String.join(
                            ", ",
                            List.of(type.getEnumConstants()).stream()
                                    .map(constant -> ((Enum<?>) constant).name())
                                    .map(constant -> constant.toLowerCase(Locale.ROOT))
                                    .toList());
        }
        return "Compare with: howdah config example";
    }

    private static String firstLine(JacksonException wrong) {
        return wrong.getOriginalMessage().lines().findFirst().orElse("");
    }

    private static HowdahException invalid(String sentence, String hint, Exception cause) {
        return new HowdahException("configuration-invalid", sentence, hint, ExitCode.USAGE, cause);
    }
}
