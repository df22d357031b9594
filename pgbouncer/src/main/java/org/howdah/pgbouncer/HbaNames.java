package org.howdah.pgbouncer;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.howdah.proxy.HbaRule;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;
import org.howdah.proxy.Quoted;

/** Reads the field of databases or users of an HBA rule. */
final class HbaNames {
    private static final int DEEPEST = 10;

    private final boolean databases;
    private final Position at;
    private final Problems problems;

    private boolean all;
    private boolean sameUser;
    private boolean replication;
    private final Set<String> names = new HashSet<>();
    private final List<Pattern> patterns = new ArrayList<>();

    private HbaNames(boolean databases, Position at, Problems problems) {
        this.databases = databases;
        this.at = at;
        this.problems = problems;
    }

    /**
     * @param databases whether the words of databases are known
     * @param file the HBA file, which names of lists are relative to
     */
    static HbaRule.Names parse(
            List<HbaLine.Word> words,
            boolean databases,
            Path file,
            Position at,
            Problems problems) {
        HbaNames reader = new HbaNames(databases, at, problems);
        reader.words(words, file, 0);
        return new HbaRule.Names(
                reader.all, reader.sameUser, reader.replication, reader.names, reader.patterns);
    }

    private void words(List<HbaLine.Word> words, Path file, int depth) {
        words.forEach(word -> word(word, file, depth));
    }

    private void word(HbaLine.Word word, Path file, int depth) {
        String text = word.text();
        if (word.quoted()) {
            names.add(text);
        } else if (text.equals("all")) {
            all = true;
        } else if (databases && text.equals("sameuser")) {
            sameUser = true;
        } else if (databases && text.equals("replication")) {
            replication = true;
        } else if (text.startsWith("@") && text.length() > 1) {
            list(text.substring(1), file, depth);
        } else if (text.startsWith("/")) {
            pattern(text.substring(1));
        } else if (text.startsWith("+")
                || (databases && (text.equals("samerole") || text.equals("samegroup")))) {
            problems.error(
                    at,
                    "%s asks for the members of a role, which only the server knows"
                            .formatted(Quoted.of(text)),
                    "Name the users, or a file of them with @");
        } else {
            names.add(text);
        }
    }

    private void pattern(String text) {
        try {
            patterns.add(Pattern.compile(text));
        } catch (PatternSyntaxException _) {
            problems.error(
                    at,
                    Quoted.of("/" + text) + " is no regular expression",
                    "Correct it, or put a name that begins with / in double quotes");
        }
    }

    private void list(String name, Path file, int depth) {
        try {
            Path list = file.resolveSibling(name);
            if (depth >= DEEPEST) {
                throw new IllegalArgumentException(
                        "lists of names are nested deeper than ten files");
            }
            TextFile.read(list, "the list of names", at, problems)
                    .ifPresent(text ->
                            text.lines()
                                    .forEach(line ->
                                            HbaLine.fields(line)
                                                    .forEach(field ->
                                                            words(field, list, depth + 1))));
        } catch (InvalidPathException _) {
            problems.error(
                    at, Quoted.of(name) + " cannot be the name of a file", "Correct the name");
        }
    }
}
