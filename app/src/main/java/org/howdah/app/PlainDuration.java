package org.howdah.app;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 5 s}, {@code 100ms}, {@code 2 h}. */
final class PlainDuration {
    private static final Pattern TEXT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ms|s|min|h|d)");
    private static final Map<String, Long> MILLISECONDS =
            Map.of("ms", 1L, "s", 1_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private PlainDuration() {}

    /**
     * @throws IllegalArgumentException where the text is none
     */
    static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no duration; write for example 100 ms, 5 s, 2 min or 1 h");
        }
        long unit = MILLISECONDS.getOrDefault(matcher.group(2), 1L);
        return Duration.ofMillis(
                new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)).longValue());
    }
}
