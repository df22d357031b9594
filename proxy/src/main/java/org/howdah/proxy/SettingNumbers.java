package org.howdah.proxy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers, times, sizes and switches as PgBouncer's files write them, and with units as ours do.
 */
final class SettingNumbers {
    private static final Pattern WHOLE =
            Pattern.compile(
                    "([+-]?)(?:0[xX]([0-9a-fA-F]{1,15})|(0[0-7]{0,18})|([1-9][0-9]{0,17}))");
    private static final Pattern AMOUNT =
            Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})\\s*([a-zA-Z]*)");

    private static final Map<String, Duration> TIMES =
            Map.of(
                    "us", Duration.ofNanos(1_000),
                    "ms", Duration.ofMillis(1),
                    "s", Duration.ofSeconds(1),
                    "min", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "d", Duration.ofDays(1));
    private static final Map<String, Integer> SIZES =
            Map.of("", 1, "b", 1, "kb", 1 << 10, "mb", 1 << 20, "gb", 1 << 30);

    private SettingNumbers() {}

    /** As C's strtol with base 0: 0x means sixteen, a leading 0 means eight. */
    static int whole(String text, int least, int most) {
        Matcher matcher = WHOLE.matcher(text.strip());
        String wrong = "is no whole number from " + least + " to " + most;
        if (!matcher.matches()) {
            throw new IllegalArgumentException(wrong);
        }
        long number;
        if (matcher.group(2) != null) {
            number = Long.parseLong(matcher.group(2), 16);
        } else if (matcher.group(3) != null) {
            number = Long.parseLong(matcher.group(3), 8);
        } else {
            number = Long.parseLong(matcher.group(4));
        }
        if (matcher.group(1).equals("-")) {
            number = -number;
        }
        if (number < least || number > most) {
            throw new IllegalArgumentException(wrong);
        }
        return (int) number;
    }

    /**
     * @param plain what a number without a unit counts
     */
    static Duration time(String text, Duration plain) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        String wrong =
                "is no time; write a number of "
                        + (plain.toMillis() == 1 ? "milliseconds" : "seconds")
                        + ", or one with us, ms, s, min, h or d";
        if (!matcher.matches()) {
            throw new IllegalArgumentException(wrong);
        }
        String unit = matcher.group(2).toLowerCase(Locale.ROOT);
        Duration one = unit.isEmpty() ? plain : TIMES.get(unit);
        if (one == null) {
            throw new IllegalArgumentException(wrong);
        }
        BigDecimal nanos =
                new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(one.toNanos()));
        // Two hundred years are enough for every timer, and fit into its nanoseconds.
        if (nanos.compareTo(BigDecimal.valueOf(Duration.ofDays(73_000).toNanos())) > 0) {
            throw new IllegalArgumentException("is longer than 200 years");
        }
        // As exact as PgBouncer: microseconds.
        return Duration.ofNanos(nanos.longValue() / 1_000 * 1_000);
    }

    /** Seconds with as many decimals as are needed. */
    static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString();
    }

    static int bytes(String text) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        Integer unit =
                matcher.matches() ? SIZES.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null || unit == 1) {
            return whole(unit == null ? text : matcher.group(1), 0, Integer.MAX_VALUE);
        }
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        if (bytes.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("is more than " + Integer.MAX_VALUE + " bytes");
        }
        return bytes.intValue();
    }

    static boolean isOn(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> {
                try {
                    yield whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE) != 0;
                } catch (IllegalArgumentException _) {
                    throw new IllegalArgumentException("is neither 1 (on) nor 0 (off)");
                }
            }
        };
    }
}
