package org.howdah.proxy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which outer names (of the operating system or a certificate) may enter as which user. Source:
 * https://www.postgresql.org/docs/current/auth-username-maps.html
 */
public record IdentMap(String name, List<Line> lines) {

    public IdentMap {
        lines = List.copyOf(lines);
    }

    /** A line of the map. */
    public record Line(Outer outer, Inner inner) {}

    /** The outer name. */
    public sealed interface Outer {
        record Exactly(String name) implements Outer {}

        record Matching(Pattern pattern) implements Outer {}
    }

    /** The user. */
    public sealed interface Inner {
        record Anybody() implements Inner {}

        /**
         * @param name with {@code \1} for what the outer pattern's first group found
         */
        record Exactly(String name) implements Inner {}

        record Matching(Pattern pattern) implements Inner {}
    }

    public boolean permits(String outer, String user) {
        return lines.stream().anyMatch(line -> permits(line, outer, user));
    }

    private static boolean permits(Line line, String outer, String user) {
        Optional<String> found =
                switch (line.outer()) {
                    case Outer.Exactly exactly when exactly.name().equals(outer) -> Optional.of("");
                    case Outer.Exactly _ -> Optional.empty();
                    case Outer.Matching matching -> found(matching.pattern().matcher(outer));
                };
        return found.isPresent()
                && switch (line.inner()) {
                    case Inner.Anybody _ -> true;
                    case Inner.Exactly exactly ->
                            exactly.name().replace("\\1", found.get()).equals(user);
                    case Inner.Matching matching -> matching.pattern().matcher(user).find();
                };
    }

    private static Optional<String> found(Matcher matcher) {
        if (!matcher.find()) {
            return Optional.empty();
        }
        String group = matcher.groupCount() > 0 ? matcher.group(1) : "";
        return Optional.of(group == null ? "" : group);
    }
}
