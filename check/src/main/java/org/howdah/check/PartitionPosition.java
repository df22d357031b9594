package org.howdah.check;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.OptionalDouble;

/** Places on the axis along which a table is partitioned: seconds since 1970, or plain numbers. */
final class PartitionPosition {
    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral(' ')
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .toFormatter();
    private static final DateTimeFormatter WITH_ZONE =
            new DateTimeFormatterBuilder()
                    .append(TIMESTAMP)
                    .appendOffset("+HH:mm:ss", "+00")
                    .parseDefaulting(ChronoField.NANO_OF_SECOND, 0)
                    .toFormatter();

    private PartitionPosition() {}

    static boolean isTime(String type) {
        return type.equals("date") || type.startsWith("timestamp");
    }

    static boolean isNumber(String type) {
        return type.equals("smallint") || type.equals("integer") || type.equals("bigint");
    }

    /** Times without a zone are taken for UTC; none for infinity and what cannot be read. */
    static OptionalDouble of(String type, String text) {
        try {
            return switch (type) {
                case "date" -> seconds(LocalDate.parse(text).atStartOfDay());
                case "timestamp without time zone" -> seconds(LocalDateTime.parse(text, TIMESTAMP));
                case "timestamp with time zone" ->
                        seconds(OffsetDateTime.parse(text, WITH_ZONE).toInstant());
                case "smallint", "integer", "bigint" -> OptionalDouble.of(Double.parseDouble(text));
                default -> OptionalDouble.empty();
            };
        } catch (DateTimeException | NumberFormatException unreadable) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalDouble seconds(LocalDateTime time) {
        return seconds(time.toInstant(ZoneOffset.UTC));
    }

    private static OptionalDouble seconds(Instant instant) {
        return OptionalDouble.of((double) instant.getEpochSecond());
    }
}
