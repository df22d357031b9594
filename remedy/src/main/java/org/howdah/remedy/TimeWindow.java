package org.howdah.remedy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A time of the week in which remedies may run.
 *
 * @param days the days on which it opens
 * @param to exclusive; where it is not after {@code from}, the window closes on the next day
 */
public record TimeWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
    public TimeWindow {
        days = Set.copyOf(days);
    }

    public boolean contains(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        LocalTime time = local.toLocalTime();
        DayOfWeek today = local.getDayOfWeek();
        if (from.isBefore(to)) {
            return days.contains(today) && !time.isBefore(from) && time.isBefore(to);
        }
        return (days.contains(today) && !time.isBefore(from))
                || (days.contains(today.minus(1)) && time.isBefore(to));
    }

    /** {@code Sat, Sun 22:00-04:00 Europe/Berlin}. */
    @Override
    public String toString() {
        String names =
                new TreeSet<>(days)
                        .stream()
                                .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                                .collect(Collectors.joining(", "));
        return "%s %s-%s %s".formatted(names, from, to, zone);
    }
}
