package org.howdah.app;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as people write it: {@code 64 GB}, {@code 512MB}, {@code 1.5 TiB}. */
record ByteSize(long bytes) {
    private static final Pattern TEXT =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([kKMGTP]?)(i?)[bB]");

    /** As in PostgreSQL, kB, MB and GB count by 1024, with or without the i. */
    private static final Map<String, Integer> POWERS =
            Map.of("", 0, "K", 1, "M", 2, "G", 3, "T", 4, "P", 5);

    /**
     * @throws IllegalArgumentException where the text is none
     */
    static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no size; write for example 64 GB or 512 MB");
        }
        int power = POWERS.getOrDefault(matcher.group(2).toUpperCase(Locale.ROOT), 0);
        return new ByteSize(
                new BigDecimal(matcher.group(1))
                        .multiply(BigDecimal.valueOf(1024).pow(power))
                        .longValue());
    }
}
