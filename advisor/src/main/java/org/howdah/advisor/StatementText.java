package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.howdah.advisor.SqlTokens.Token;
import org.howdah.sql.TokenKind;

/**
 * A statement made fit for PREPARE and for the parser. pg_stat_statements puts {@code $n} where
 * constants were, also where no parameter may stand: {@code interval $1} becomes {@code
 * $1::interval}.
 */
record StatementText(String forServer, String forParser) {
    private static final Token SPACE = new Token(TokenKind.WHITESPACE, " ");

    private static final Set<String> TYPES =
            Set.of(
                    "interval",
                    "date",
                    "time",
                    "timetz",
                    "timestamp",
                    "timestamptz",
                    "numeric",
                    "decimal",
                    "int2",
                    "int4",
                    "int8",
                    "bool",
                    "boolean",
                    "text",
                    "varchar",
                    "json",
                    "jsonb",
                    "uuid",
                    "inet",
                    "cidr",
                    "bytea",
                    "regclass",
                    "regconfig",
                    "tsquery",
                    "tsvector",
                    "point",
                    "money",
                    "daterange",
                    "tsrange",
                    "tstzrange",
                    "numrange",
                    "int4range",
                    "int8range");

    static StatementText of(String sql) {
        List<Token> tokens = castsInsteadOfTypedParameters(withoutComments(SqlTokens.of(sql)));
        StringBuilder forServer = new StringBuilder();
        StringBuilder forParser = new StringBuilder();
        for (Token token : tokens) {
            forServer.append(token.text());
            forParser.append(plain(token));
        }
        return new StatementText(forServer.toString().strip(), forParser.toString().strip());
    }

    private static List<Token> withoutComments(List<Token> tokens) {
        List<Token> kept = new ArrayList<>();
        for (Token token : tokens) {
            kept.add(token.isSpace() ? SPACE : token);
        }
        int last = kept.size() - 1;
        while (last >= 0
                && (kept.get(last).isSpace() || kept.get(last).kind() == TokenKind.SEMICOLON)) {
            kept.remove(last--);
        }
        return kept;
    }

    private static List<Token> castsInsteadOfTypedParameters(List<Token> tokens) {
        List<Token> result = new ArrayList<>();
        for (Token token : tokens) {
            int typeStart =
                    token.kind() == TokenKind.PARAMETER ? typeBefore(result) : result.size();
            if (typeStart < result.size()) {
                List<Token> type = new ArrayList<>(result.subList(typeStart, result.size()));
                result.subList(typeStart, result.size()).clear();
                result.add(token);
                result.add(new Token(TokenKind.OPERATOR, "::"));
                result.addAll(type.subList(0, type.size() - 1));
                result.add(SPACE);
            } else if (token.kind() == TokenKind.PARAMETER && extracts(result)) {
                // Which field it was is lost; no index on it could be proposed anyway.
                result.add(new Token(TokenKind.STRING, "'epoch'"));
            } else {
                result.add(token);
            }
        }
        return result;
    }

    /** Where the type name at the end begins; the size where none is there. */
    private static int typeBefore(List<Token> tokens) {
        int at = tokens.size() - 1;
        if (at < 1 || !tokens.get(at).isSpace()) {
            return tokens.size();
        }
        at--;
        if (tokens.get(at).is("zone")) {
            int with = at - 4;
            boolean typed =
                    with > 0
                            && tokens.get(at - 2).is("time")
                            && (tokens.get(with).is("with") || tokens.get(with).is("without"));
            if (!typed) {
                return tokens.size();
            }
            at = with - 2;
        }
        if (at >= 0 && tokens.get(at).text().equals(")")) {
            at = Math.max(0, at - 3);
        }
        boolean type =
                at >= 0
                        && tokens.get(at).kind() == TokenKind.WORD
                        && TYPES.contains(tokens.get(at).text().toLowerCase(Locale.ROOT));
        return type ? at : tokens.size();
    }

    private static boolean extracts(List<Token> tokens) {
        int at = tokens.size() - 1;
        while (at >= 0 && tokens.get(at).isSpace()) {
            at--;
        }
        return at > 0 && tokens.get(at).text().equals("(") && tokens.get(at - 1).is("extract");
    }

    private static String plain(Token token) {
        String text = token.text();
        if (token.kind() == TokenKind.NUMBER) {
            return decimal(text);
        } else if (token.kind() == TokenKind.STRING
                && (text.startsWith("E") || text.startsWith("e"))) {
            return unescaped(text);
        } else if (token.kind() == TokenKind.STRING && text.startsWith("$")) {
            int tag = text.indexOf('$', 1) + 1;
            return "'" + text.substring(tag, text.length() - tag).replace("'", "''") + "'";
        }
        return text;
    }

    private static String unescaped(String literal) {
        StringBuilder plain = new StringBuilder("'");
        boolean escaped = false;
        for (char c : literal.substring(2, literal.length() - 1).toCharArray()) {
            if (escaped) {
                plain.append(meaning(c));
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else {
                plain.append(c);
            }
        }
        return plain.append('\'').toString();
    }

    private static String meaning(char escaped) {
        return switch (escaped) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case '\'' -> "''";
            default -> String.valueOf(escaped);
        };
    }

    private static String decimal(String number) {
        String digits = number.replace("_", "").toLowerCase(Locale.ROOT);
        try {
            if (digits.startsWith("0x")) {
                return Long.toString(Long.parseLong(digits.substring(2), 16));
            } else if (digits.startsWith("0o")) {
                return Long.toString(Long.parseLong(digits.substring(2), 8));
            } else if (digits.startsWith("0b")) {
                return Long.toString(Long.parseLong(digits.substring(2), 2));
            }
        } catch (NumberFormatException tooLong) {
            return number;
        }
        return digits;
    }
}
