package org.howdah.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.howdah.sql.Lexer;
import org.howdah.sql.TokenKind;

/**
 * Reads SET and RESET: which setting they change, if that is plain. What is not is left to the
 * server to tell.
 */
final class SettingText {

    /** A longer statement is not kept. */
    private static final int LONGEST = 512;

    private final Lexer lexer = new Lexer();
    private byte[] text = {};
    private TokenKind kind = TokenKind.END;

    /**
     * The change that this SET or RESET makes to the session.
     *
     * @param start where the statement begins in the array
     * @param end behind its last token
     */
    Optional<SettingChange> read(byte[] bytes, int start, int end) {
        if (end - start > LONGEST || !plain(bytes, start, end)) {
            return Optional.empty();
        }
        text = bytes;
        lexer.reset(bytes, start, end - start);
        step();
        boolean reset = word("reset");
        step();
        Optional<String> name = reset ? resetName() : setName();
        if (name.isEmpty() || name.get().equals("datestyle")) {
            return Optional.empty();
        }
        if (reset) {
            return kind == TokenKind.END ? name.map(SettingChange::reset) : Optional.empty();
        }
        return value(name.get(), new String(bytes, start, end - start, StandardCharsets.US_ASCII));
    }

    /** Only characters that mean the same whatever the session's encoding and its settings are. */
    private static boolean plain(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if ((bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\t') || bytes[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    private Optional<String> resetName() {
        if (word("all")) {
            step();
            return Optional.of(SettingChange.ALL);
        }
        if (word("session")) {
            step();
            return taken("authorization", "session_authorization");
        }
        if (word("transaction")) {
            return Optional.empty();
        }
        return word("time") ? timeZone() : name();
    }

    /** The cursor stands behind the name and a possible TO or equals sign. */
    private Optional<String> setName() {
        if (word("session")) {
            step();
            if (word("authorization")) {
                step();
                return Optional.of("session_authorization");
            }
            if (word("session")) {
                step();
                return taken("authorization", "session_authorization");
            }
        }
        if (word("time")) {
            return timeZone();
        }
        if (word("role")) {
            return taken("role", "role").map(this::assigned);
        }
        for (String other : new String[] {"local", "characteristics", "names", "xml", "schema"}) {
            if (word(other)) {
                return Optional.empty();
            }
        }
        Optional<String> name = name();
        return word("to") || symbol("=") ? name.map(this::assigned) : Optional.empty();
    }

    private String assigned(String name) {
        if (word("to") || symbol("=")) {
            step();
        }
        return name;
    }

    private Optional<String> timeZone() {
        step();
        return taken("zone", "timezone");
    }

    private Optional<String> taken(String wanted, String name) {
        if (!word(wanted)) {
            return Optional.empty();
        }
        step();
        return Optional.of(name);
    }

    /** A name in up to two parts. */
    private Optional<String> name() {
        StringBuilder name = new StringBuilder();
        while (kind == TokenKind.WORD || kind == TokenKind.QUOTED_NAME) {
            String part = lexed();
            name.append(kind == TokenKind.WORD ? part : part.substring(1, part.length() - 1));
            step();
            if (kind != TokenKind.DOT) {
                return name.indexOf("\"") < 0
                        ? Optional.of(name.toString().toLowerCase(Locale.ROOT))
                        : Optional.empty();
            }
            name.append('.');
            step();
        }
        return Optional.empty();
    }

    private Optional<SettingChange> value(String name, String sql) {
        if (kind == TokenKind.END || word("from")) {
            return Optional.empty();
        }
        boolean back =
                word("default")
                        || (name.equals("timezone") && word("local"))
                        || (name.equals("role") && word("none"));
        if (!back) {
            return Optional.of(new SettingChange(name, Optional.of(sql)));
        }
        step();
        return kind == TokenKind.END ? Optional.of(SettingChange.reset(name)) : Optional.empty();
    }

    private void step() {
        kind = lexer.next();
    }

    private boolean word(String wanted) {
        return kind == TokenKind.WORD && lexed().equalsIgnoreCase(wanted);
    }

    private boolean symbol(String wanted) {
        return kind == TokenKind.OPERATOR && lexed().equals(wanted);
    }

    private String lexed() {
        return new String(
                text, lexer.start(), lexer.end() - lexer.start(), StandardCharsets.US_ASCII);
    }
}
