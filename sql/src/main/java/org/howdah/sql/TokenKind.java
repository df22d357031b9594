package org.howdah.sql;

/** What a token of SQL text is. */
public enum TokenKind {
    /** Spaces, tabs, line ends. */
    WHITESPACE,
    /** {@code -- to the end of the line}, or {@code /* nested *}{@code /}. */
    COMMENT,
    /** A keyword or an unquoted name; letters of either case are the same. */
    WORD,
    /** {@code "a quoted name"}. */
    QUOTED_NAME,
    /** {@code U&"a quoted name with escapes"}. */
    UNICODE_NAME,
    /** Any string: plain, E, U&, N or dollar quoted, with its continuation lines. */
    STRING,
    /** {@code B'01'} or {@code X'1f'}. */
    BITS,
    /** An integer or decimal, also {@code 0x1f}, {@code 1_000}, {@code 1e5}; never a sign. */
    NUMBER,
    /** {@code $1}. */
    PARAMETER,
    /**
     * One or more operator characters, cut by PostgreSQL's rules; also {@code ::}, {@code :=},
     * {@code :}.
     */
    OPERATOR,
    OPEN,
    CLOSE,
    OPEN_BRACKET,
    CLOSE_BRACKET,
    COMMA,
    DOT,
    SEMICOLON,
    /**
     * A character that cannot stand there, or something that does not end: the server will refuse
     * the text.
     */
    INVALID,
    /** Nothing is left. */
    END
}
