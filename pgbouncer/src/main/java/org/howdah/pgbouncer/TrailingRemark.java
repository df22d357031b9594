package org.howdah.pgbouncer;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;
import org.howdah.proxy.SettingKey;
import org.howdah.proxy.SettingKeys;

/**
 * Comments after values. PgBouncer has none and refuses the file or takes them for a part of the
 * value; they are often written nevertheless.
 */
final class TrailingRemark {
    private static final Pattern REMARK = Pattern.compile("(?:^|\\s+)[#;].*$");

    private final Path directory;
    private final Problems problems;

    TrailingRemark(Path directory, Problems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    /** The value of a key of the section [pgbouncer] without what can only be a comment. */
    String cut(String name, String text, Position at) {
        Matcher remark = REMARK.matcher(text);
        Optional<SettingKey<?>> key = SettingKeys.find(SettingKey.Scope.GLOBAL, name);
        if (key.isEmpty() || !remark.find()) {
            return text;
        }
        return switch (key.get().type().remark()) {
            case CUT -> cut(name, text, remark.start(), at);
            case CUT_UNLESS_FILE -> exists(text) ? text : cut(name, text, remark.start(), at);
            case KEEP -> {
                if (key.get().type().name().equals("text")) {
                    problems.warning(
                            at,
                            "what looks like a comment after %s belongs to the value"
                                    .formatted(name),
                            "Put a comment on a line of its own");
                }
                yield text;
            }
        };
    }

    private String cut(String name, String text, int end, Position at) {
        problems.warning(
                at,
                "the text after the value of %s is taken for a comment".formatted(name),
                "Put it on a line of its own: PgBouncer would refuse it or take it for the value");
        return text.substring(0, end);
    }

    private boolean exists(String text) {
        try {
            return Files.exists(directory.resolve(text));
        } catch (InvalidPathException _) {
            return false;
        }
    }
}
