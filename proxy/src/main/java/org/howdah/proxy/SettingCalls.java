package org.howdah.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.howdah.sql.Lexer;
import org.howdah.sql.TokenKind;

/** Looks at the calls of {@code set_config} in a text: which settings, and for how long. */
final class SettingCalls {

    private final Lexer lexer = new Lexer();
    private byte[] text = {};
    private TokenKind kind = TokenKind.END;

    /**
     * What the calls may do: {@link Effects#SETTINGS} unless all hold for the transaction only, and
     * {@link Effects#UNSEEN} when a name is not a constant.
     */
    int effects(byte[] bytes, int start, int end, CustomSettings customs) {
        text = bytes;
        lexer.reset(bytes, start, end - start);
        int effects = Effects.NONE;
        boolean found = false;
        step();
        while (kind != TokenKind.END) {
            boolean named = isName();
            step();
            if (named && kind == TokenKind.OPEN) {
                found = true;
                effects |= call(customs);
            }
        }
        return found ? effects : Effects.SETTINGS;
    }

    private boolean isName() {
        boolean quoted = kind == TokenKind.QUOTED_NAME;
        return (quoted || kind == TokenKind.WORD)
                && lexed().equalsIgnoreCase(quoted ? "\"set_config\"" : "set_config");
    }

    /** From the open parenthesis to the one that closes it. */
    private int call(CustomSettings customs) {
        int depth = 1;
        String name = "";
        int argument = 0;
        int tokens = 0;
        boolean local = false;
        while (depth > 0) {
            step();
            switch (kind) {
                case OPEN -> depth++;
                case CLOSE -> depth--;
                case END -> {
                    return Effects.SETTINGS | Effects.UNSEEN;
                }
                default -> {}
            }
            if (kind == TokenKind.COMMA && depth == 1) {
                argument++;
                tokens = 0;
                local = false;
            } else if (depth > 0) {
                tokens++;
                local = argument == 2 && tokens == 1 && lexed().equalsIgnoreCase("true");
                name = argument == 0 ? constant(tokens) : name;
            }
        }
        if (local) {
            return Effects.NONE;
        }
        if (name.isEmpty()) {
            return Effects.SETTINGS | Effects.UNSEEN;
        }
        return Effects.SETTINGS | (customs.note(name) ? 0 : Effects.UNSEEN);
    }

    /** The constant that the first argument is as far as was read; empty if it is none. */
    private String constant(int tokens) {
        String token = lexed();
        boolean plain = tokens == 1 && kind == TokenKind.STRING && token.charAt(0) == '\'';
        return plain && token.indexOf('\\') < 0
                ? token.substring(1, token.length() - 1).toLowerCase(Locale.ROOT)
                : "";
    }

    private void step() {
        kind = lexer.next();
    }

    private String lexed() {
        return new String(text, lexer.start(), lexer.end() - lexer.start(), StandardCharsets.UTF_8);
    }
}
