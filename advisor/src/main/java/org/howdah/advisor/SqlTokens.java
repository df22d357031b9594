package org.howdah.advisor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.howdah.sql.Lexer;
import org.howdah.sql.TokenKind;

/** Cuts a statement into its tokens, which together are the text again. */
final class SqlTokens {
    record Token(TokenKind kind, String text) {
        boolean is(String word) {
            return kind == TokenKind.WORD && text.equalsIgnoreCase(word);
        }

        boolean isSpace() {
            return kind == TokenKind.WHITESPACE || kind == TokenKind.COMMENT;
        }
    }

    private SqlTokens() {}

    static List<Token> of(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        Lexer lexer = new Lexer().reset(bytes, 0, bytes.length);
        List<Token> tokens = new ArrayList<>();
        while (lexer.nextRaw() != TokenKind.END) {
            int length = lexer.end() - lexer.start();
            tokens.add(
                    new Token(
                            lexer.kind(),
                            new String(bytes, lexer.start(), length, StandardCharsets.UTF_8)));
        }
        return tokens;
    }
}
