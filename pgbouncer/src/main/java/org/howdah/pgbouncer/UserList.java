package org.howdah.pgbouncer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;
import org.howdah.proxy.Secret;

/**
 * Reads {@code userlist.txt}: {@code "user" "secret"} on each line, with quotes doubled inside;
 * what follows on the line is ignored. Source:
 * https://www.pgbouncer.org/config.html#authentication-file-format
 */
final class UserList {
    private final String text;
    private final String file;
    private final Problems problems;
    private int at;
    private int line = 1;

    private UserList(String text, String file, Problems problems) {
        this.text = text;
        this.file = file;
        this.problems = problems;
    }

    /** Secrets by user; of a user who is named again, the last. */
    static Map<String, Secret> parse(String text, String file, Problems problems) {
        return new UserList(text, file, problems).users();
    }

    private Map<String, Secret> users() {
        Map<String, Secret> users = new LinkedHashMap<>();
        for (skipSpace(); at < text.length(); skipSpace()) {
            Position here = new Position(file, line);
            if (text.charAt(at) == ';') {
                skipLine();
            } else if (!user(users)) {
                // Nothing of the line is shown: it may be a secret.
                problems.error(
                        here,
                        "this line is not of the form \"user\" \"secret\"",
                        "Put both in double quotes; write a quote inside of them twice");
                skipLine();
            }
        }
        return users;
    }

    /** Whether there is a user here. */
    private boolean user(Map<String, Secret> users) {
        StringBuilder name = new StringBuilder();
        StringBuilder secret = new StringBuilder();
        if (!quoted(name) || name.isEmpty()) {
            return false;
        }
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            at++;
        }
        if (!quoted(secret)) {
            return false;
        }
        users.put(name.toString(), new Secret(secret.toString()));
        skipLine();
        return true;
    }

    private boolean quoted(StringBuilder content) {
        if (at >= text.length() || text.charAt(at) != '"') {
            return false;
        }
        for (at++; at < text.length() && text.charAt(at) != '\n'; at++) {
            if (text.charAt(at) == '"') {
                at++;
                if (at >= text.length() || text.charAt(at) != '"') {
                    return true;
                }
            }
            content.append(text.charAt(at));
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            if (text.charAt(at) == '\n') {
                line++;
            }
            at++;
        }
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }
}
