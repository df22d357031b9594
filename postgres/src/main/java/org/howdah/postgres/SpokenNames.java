package org.howdah.postgres;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.howdah.sql.Lexer;
import org.howdah.sql.TokenKind;

/**
 * The names in a text, whatever they stand for, without their schemas.
 *
 * @param all every word and quoted name: one of them may be a relation
 * @param called those that may be functions: before a parenthesis, or behind a dot, since {@code
 *     row.f} is {@code f(row)}
 * @param operators as they are written, and those that keywords stand for
 * @param unclear what could not be understood, or nothing
 */
record SpokenNames(
        Set<String> all, Set<String> called, Set<String> operators, Set<String> unclear) {
    /** IN, BETWEEN, CASE, NULLIF, DISTINCT FROM, USING, ORDER BY, LIKE and ILIKE mean these. */
    private static final List<String> OF_KEYWORDS =
            List.of("=", "<>", "<", ">", "<=", ">=", "~~", "!~~", "~~*", "!~~*", "~", "!~");

    static SpokenNames of(String sql, List<String> values, boolean standardStrings) {
        SpokenNames names =
                new SpokenNames(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        names.operators.addAll(OF_KEYWORDS);
        names.read(sql, standardStrings);
        values.forEach(value -> names.read(value, standardStrings));
        return names;
    }

    private void read(String sql, boolean standardStrings) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        Lexer lexer =
                new Lexer()
                        .standardConformingStrings(standardStrings)
                        .reset(bytes, 0, bytes.length);
        TokenKind before = TokenKind.END;
        Set<String> last = Set.of();
        for (TokenKind kind = lexer.next(); kind != TokenKind.END; kind = lexer.next()) {
            String text =
                    new String(
                            bytes,
                            lexer.start(),
                            lexer.end() - lexer.start(),
                            StandardCharsets.UTF_8);
            if (kind == TokenKind.OPEN) {
                called.addAll(last);
            }
            last = names(kind, text);
            all.addAll(last);
            if (before == TokenKind.DOT) {
                called.addAll(last);
            }
            switch (kind) {
                case OPERATOR -> operators.addAll(spellings(text));
                case INVALID, UNICODE_NAME -> unclear.add(text);
                default -> {}
            }
            before = kind;
        }
    }

    private static Set<String> names(TokenKind kind, String text) {
        return switch (kind) {
            case WORD -> Set.copyOf(List.of(asciiLower(text), text.toLowerCase(Locale.ROOT)));
            case QUOTED_NAME -> Set.of(text.substring(1, text.length() - 1).replace("\"\"", "\""));
            default -> Set.of();
        };
    }

    /** The server folds ASCII letters; others only in encodings of one byte. */
    private static String asciiLower(String word) {
        StringBuilder lower = new StringBuilder(word.length());
        word.chars()
                .map(character -> character >= 'A' && character <= 'Z' ? character + 32 : character)
                .forEach(character -> lower.append((char) character));
        return lower.toString();
    }

    private static Set<String> spellings(String operator) {
        return operator.equals("!=") ? Set.of("<>") : Set.of(operator);
    }
}
