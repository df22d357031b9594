package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;

/** Cuts a statement into its tokens, which together are the text again. */
final class SqlTokens {
    enum Kind {
        SPACE,
        WORD,
        QUOTED_NAME,
        STRING,
        ESCAPE_STRING,
        DOLLAR_STRING,
        NUMBER,
        PARAMETER,
        SYMBOL
    }

    record Token(Kind kind, String text) {
        boolean is(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }
    }

    private final String sql;
    private int at;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    static List<Token> of(String sql) {
        SqlTokens scanner = new SqlTokens(sql);
        List<Token> tokens = new ArrayList<>();
        while (scanner.at < sql.length()) {
            tokens.add(scanner.next());
        }
        return tokens;
    }

    private Token next() {
        char first = sql.charAt(at);
        char second = at + 1 < sql.length() ? sql.charAt(at + 1) : '\0';
        if (Character.isWhitespace(first)) {
            return token(Kind.SPACE, whileTrue(Character::isWhitespace));
        }
        if (first == '-' && second == '-') {
            int end = sql.indexOf('\n', at);
            return token(Kind.SPACE, end < 0 ? sql.length() : end);
        }
        if (first == '/' && second == '*') {
            return token(Kind.SPACE, endOfComment());
        }
        if ((first == 'e' || first == 'E') && second == '\'') {
            return token(Kind.ESCAPE_STRING, endOfQuoted(at + 1, '\'', true));
        }
        if (first == '\'') {
            return token(Kind.STRING, endOfQuoted(at, '\'', false));
        }
        if (first == '"') {
            return token(Kind.QUOTED_NAME, endOfQuoted(at, '"', false));
        }
        if (first == '$') {
            return dollar(second);
        }
        if (Character.isDigit(first) || first == '.' && Character.isDigit(second)) {
            return token(Kind.NUMBER, endOfNumber());
        }
        if (Character.isLetter(first) || first == '_') {
            return token(Kind.WORD, whileTrue(SqlTokens::partOfWord));
        }
        return token(Kind.SYMBOL, at + 1);
    }

    private Token dollar(char second) {
        if (Character.isDigit(second)) {
            int end = at + 1;
            while (end < sql.length() && Character.isDigit(sql.charAt(end))) {
                end++;
            }
            return token(Kind.PARAMETER, end);
        }
        int tagEnd = at + 1;
        while (tagEnd < sql.length()
                && sql.charAt(tagEnd) != '$'
                && partOfWord(sql.charAt(tagEnd))) {
            tagEnd++;
        }
        if (tagEnd >= sql.length() || sql.charAt(tagEnd) != '$') {
            return token(Kind.SYMBOL, at + 1);
        }
        String tag = sql.substring(at, tagEnd + 1);
        int close = sql.indexOf(tag, tagEnd + 1);
        return token(Kind.DOLLAR_STRING, close < 0 ? sql.length() : close + tag.length());
    }

    private Token token(Kind kind, int end) {
        Token token = new Token(kind, sql.substring(at, end));
        at = end;
        return token;
    }

    private int whileTrue(java.util.function.IntPredicate wanted) {
        int end = at;
        while (end < sql.length() && wanted.test(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean partOfWord(int character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }

    private int endOfNumber() {
        int end = at;
        while (end < sql.length()) {
            char c = sql.charAt(end);
            boolean sign = (c == '+' || c == '-') && "eE".indexOf(sql.charAt(end - 1)) >= 0;
            if (!sign && !Character.isLetterOrDigit(c) && c != '.' && c != '_') {
                break;
            }
            end++;
        }
        return end;
    }

    private int endOfQuoted(int open, char quote, boolean backslashes) {
        int end = open + 1;
        while (end < sql.length()) {
            char c = sql.charAt(end);
            if (backslashes && c == '\\') {
                end += 2;
            } else if (c == quote && end + 1 < sql.length() && sql.charAt(end + 1) == quote) {
                end += 2;
            } else if (c == quote) {
                return end + 1;
            } else {
                end++;
            }
        }
        return sql.length();
    }

    private int endOfComment() {
        int depth = 0;
        int end = at;
        while (end < sql.length()) {
            if (sql.startsWith("/*", end)) {
                depth++;
                end += 2;
            } else if (sql.startsWith("*/", end)) {
                depth--;
                end += 2;
                if (depth == 0) {
                    return end;
                }
            } else {
                end++;
            }
        }
        return sql.length();
    }
}
