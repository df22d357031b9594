package org.howdah.proxy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a setting is written.
 *
 * @param name for the documentation
 * @param parse throws {@link IllegalArgumentException} whose message continues the sentence {@code
 *     key is "text", which ...}
 * @param show the value as PgBouncer's SHOW CONFIG writes it
 * @param remark what becomes of text after a value that looks like a comment
 */
public record SettingType<T>(
        String name, Function<String, T> parse, Function<T, String> show, Remark remark) {

    /** What {@code # text} or {@code ; text} after a value is. */
    public enum Remark {
        /** A comment, since no value of this type has such characters. */
        CUT,
        /** A comment, unless there is a file of that name. */
        CUT_UNLESS_FILE,
        /** A part of the value. */
        KEEP
    }

    static final SettingType<Integer> COUNT =
            new SettingType<>(
                    "integer",
                    text -> SettingNumbers.whole(text, 0, Integer.MAX_VALUE),
                    String::valueOf,
                    Remark.CUT);

    static final SettingType<Integer> PORT =
            new SettingType<>(
                    "integer",
                    text -> SettingNumbers.whole(text, 0, 65_535),
                    String::valueOf,
                    Remark.CUT);

    static final SettingType<OptionalInt> OWN_COUNT =
            new SettingType<>(
                    "integer",
                    text ->
                            text.strip().equals("-1")
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(COUNT.parse().apply(text)),
                    value -> value.isPresent() ? String.valueOf(value.getAsInt()) : "-1",
                    Remark.CUT);

    static final SettingType<Integer> BYTES =
            new SettingType<>("size", SettingNumbers::bytes, String::valueOf, Remark.CUT);

    static final SettingType<Duration> TIME =
            new SettingType<>(
                    "time",
                    text -> SettingNumbers.time(text, Duration.ofSeconds(1)),
                    SettingNumbers::seconds,
                    Remark.CUT);

    static final SettingType<Duration> MILLISECONDS =
            new SettingType<>(
                    "milliseconds",
                    text -> SettingNumbers.time(text, Duration.ofMillis(1)),
                    value -> String.valueOf(value.toMillis()),
                    Remark.CUT);

    /** 0 and -1 stand for no time of its own, as PgBouncer has it. */
    static final SettingType<Optional<Duration>> OWN_TIME =
            new SettingType<>(
                    "time",
                    text ->
                            text.strip().equals("-1")
                                    ? Optional.empty()
                                    : Optional.of(TIME.parse().apply(text))
                                            .filter(time -> !time.isZero()),
                    value -> value.map(SettingNumbers::seconds).orElse("0"),
                    Remark.CUT);

    /** 0 is a time of its own: without end. */
    static final SettingType<Optional<Duration>> OWN_TIME_OR_ENDLESS =
            new SettingType<>(
                    "time",
                    text ->
                            text.strip().equals("-1")
                                    ? Optional.empty()
                                    : Optional.of(TIME.parse().apply(text)),
                    value -> value.map(SettingNumbers::seconds).orElse("-1"),
                    Remark.CUT);

    static final SettingType<Boolean> SWITCH =
            new SettingType<>(
                    "boolean", SettingNumbers::isOn, value -> value ? "1" : "0", Remark.CUT);

    static final SettingType<String> TEXT =
            new SettingType<>("text", text -> text, text -> text, Remark.KEEP);

    /** Text in which nobody means {@code #} or {@code ;}. */
    static final SettingType<String> WORD =
            new SettingType<>("word", text -> text, text -> text, Remark.CUT);

    static final SettingType<String> DIRECTORY =
            new SettingType<>("directory", text -> text, text -> text, Remark.CUT_UNLESS_FILE);

    static final SettingType<String> QUERY =
            new SettingType<>("query", text -> text, text -> text, Remark.KEEP);

    static final SettingType<String> SECRET =
            new SettingType<>("secret", text -> text, _ -> "***", Remark.KEEP);

    /** Separated by commas or blanks. */
    static final SettingType<List<String>> WORDS = list("[,\\s]+");

    /** Separated by commas. */
    static final SettingType<List<String>> NAMES = list(",");

    static final SettingType<Optional<Path>> FILE =
            new SettingType<>(
                    "file",
                    SettingType::path,
                    value -> value.map(Path::toString).orElse(""),
                    Remark.CUT_UNLESS_FILE);

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException _) {
            throw new IllegalArgumentException("cannot be the name of a file");
        }
    }

    private static SettingType<List<String>> list(String separator) {
        return new SettingType<>(
                "list",
                text ->
                        Stream.of(text.split(separator, -1))
                                .map(String::strip)
                                .filter(word -> !word.isEmpty())
                                .toList(),
                value -> String.join(", ", value),
                Remark.CUT);
    }

    /**
     * One of some words, in any case.
     *
     * @param refused words that are known, with why they cannot be: continues "which"
     */
    static <E extends Enum<E>> SettingType<E> choice(
            Map<String, E> words, Map<String, String> refused) {
        Map<String, E> known = new LinkedHashMap<>(words);
        return new SettingType<>(
                words.keySet().stream().sorted().collect(Collectors.joining(", ")),
                text -> {
                    String word = text.strip().toLowerCase(Locale.ROOT);
                    E value = known.get(word);
                    if (value == null) {
                        throw new IllegalArgumentException(
                                refused.getOrDefault(
                                        word,
                                        "is none of "
                                                + known.keySet().stream()
                                                        .sorted()
                                                        .collect(Collectors.joining(", "))));
                    }
                    return value;
                },
                value ->
                        known.entrySet().stream()
                                .filter(entry -> entry.getValue() == value)
                                .map(Map.Entry::getKey)
                                .findFirst()
                                .orElse(""),
                Remark.CUT);
    }
}
