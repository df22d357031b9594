package org.howdah.proxy;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command as an administrator writes it: a word, at most one argument, and a value for SET. Names
 * may stand in double quotes, values in single ones.
 *
 * @param command in lower case
 * @param argument empty text where there is none
 * @param value of SET
 */
record ConsoleRequest(String command, String argument, String value) {

    private static final String WORD = "(\"(?:[^\"]|\"\")*\"|[^\\s\"';=]+)";
    private static final String END = "\\s*(?:;\\s*)*";

    private static final Pattern SET =
            Pattern.compile(
                    "\\s*set\\s+(?:session\\s+)?"
                            + WORD
                            + "\\s*(?:=|\\s+to\\s)\\s*('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[^;]*?)"
                            + END,
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern COMMAND =
            Pattern.compile("\\s*" + WORD + "(?:\\s+" + WORD + ")?" + END, Pattern.DOTALL);

    /** Nothing but blanks and semicolons. */
    private static final Pattern NOTHING = Pattern.compile(END);

    static ConsoleRequest parse(String text) throws ConsoleException {
        Matcher set = SET.matcher(text);
        if (set.matches()) {
            return new ConsoleRequest("set", bare(set.group(1)), bare(set.group(2)));
        }
        if (NOTHING.matcher(text).matches()) {
            return new ConsoleRequest("", "", "");
        }
        Matcher command = COMMAND.matcher(text);
        if (!command.matches()) {
            throw ConsoleException.of(
                    "the console does not understand this", "SHOW HELP lists its commands");
        }
        String argument = command.group(2);
        return new ConsoleRequest(
                bare(command.group(1)).toLowerCase(Locale.ROOT),
                argument == null ? "" : bare(argument),
                "");
    }

    private static String bare(String word) {
        if (word.length() >= 2 && (word.startsWith("\"") || word.startsWith("'"))) {
            String quote = word.substring(0, 1);
            return word.substring(1, word.length() - 1).replace(quote + quote, quote);
        }
        return word;
    }

    boolean hasArgument() {
        return !argument.isEmpty();
    }

    /** For commands that take none. */
    void refuseArgument() throws ConsoleException {
        if (hasArgument()) {
            throw ConsoleException.of(
                    "%s takes no argument".formatted(command.toUpperCase(Locale.ROOT)),
                    "Leave out " + Quoted.of(argument));
        }
    }
}
