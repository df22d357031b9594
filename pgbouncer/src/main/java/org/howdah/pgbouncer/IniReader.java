package org.howdah.pgbouncer;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;
import org.howdah.proxy.Quoted;

/** Takes the lines of an ini file and of those that it includes apart. */
final class IniReader {
    /** As PgBouncer. */
    private static final int DEEPEST = 10;

    private static final Pattern INCLUDE = Pattern.compile("%include[ \\t]+(.*)");

    /** Names with other letters stand in quotes; the rest of the line is the value. */
    private static final Pattern PAIR =
            Pattern.compile(
                    "(?:'(?<single>[^']+)'|\"(?<double>(?:[^\"]++|\"\")++)\"|(?<plain>[\\w.*-]+))"
                            + "[ \\t]*=[ \\t]*(?<value>.*)",
                    Pattern.DOTALL);

    private final Path directory;
    private final IniSections sections;
    private final Problems problems;

    /** Nothing more is read: files that include themselves twice would never end. */
    private boolean stopped;

    IniReader(Path directory, IniSections sections, Problems problems) {
        this.directory = directory;
        this.sections = sections;
        this.problems = problems;
    }

    /**
     * Whether the file could be read.
     *
     * @param depth how many files include this one
     * @param named where it was named
     */
    boolean read(String file, int depth, Position named) {
        Optional<String> text = text(file, named);
        if (text.isEmpty()) {
            return false;
        }
        int number = 0;
        for (String line : text.get().split("\n", -1)) {
            number++;
            if (stopped) {
                return true;
            }
            line(line.strip(), depth, new Position(file, number));
        }
        return true;
    }

    private Optional<String> text(String file, Position named) {
        try {
            return TextFile.read(
                    directory.resolve(file), "the configuration file", named, problems);
        } catch (InvalidPathException _) {
            problems.error(
                    named, Quoted.of(file) + " cannot be the name of a file", "Correct the name");
            return Optional.empty();
        }
    }

    private void line(String line, int depth, Position at) {
        Matcher include = INCLUDE.matcher(line);
        if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
            return;
        }
        if (include.matches()) {
            include(include.group(1), depth, at);
        } else if (line.startsWith("[")) {
            section(line, depth, at);
        } else {
            pair(line, at);
        }
    }

    private void include(String file, int depth, Position at) {
        if (depth >= DEEPEST) {
            stopped = true;
            problems.error(
                    at,
                    "%%include is nested deeper than %d files".formatted(DEEPEST),
                    "Look for a file that includes itself");
        } else {
            read(file, depth + 1, at);
        }
    }

    private void section(String line, int depth, Position at) {
        int end = line.indexOf(']');
        if (end < 0) {
            problems.error(at, "the name of a section is not closed with ]", "Add the ]");
            sections.skip();
        } else {
            sections.begin(line.substring(1, end), at);
            line(line.substring(end + 1).strip(), depth, at);
        }
    }

    private void pair(String line, Position at) {
        Matcher pair = PAIR.matcher(line);
        if (!pair.matches()) {
            // The line is not shown: it may be the rest of a secret.
            problems.error(
                    at,
                    "this line is neither key = value, nor a section, nor a comment",
                    "Write names with other letters than a-z, 0-9, _ . - * in single quotes");
            return;
        }
        String single = pair.group("single");
        String quoted = pair.group("double");
        String plain = pair.group("plain");
        String key =
                single != null
                        ? single
                        : quoted != null ? quoted.replace("\"\"", "\"") : String.valueOf(plain);
        sections.pair(key, pair.group("value"), at);
    }
}
