package org.howdah.sql;

/**
 * The lexer with what classifying needs to know of the token before, and what can be told from any
 * token wherever it stands: parentheses, calls of functions, broken text. A word that can only be a
 * name there, behind a dot or AS, is never a keyword.
 */
final class Cursor {

    private final Lexer lexer = new Lexer();
    private VolatileFunctions functions;

    private byte[] text = {};
    private TokenKind kind = TokenKind.END;
    private Keyword key = Keyword.NONE;
    private TokenKind beforeKind = TokenKind.END;
    private Keyword beforeKey = Keyword.NONE;
    private int beforeStart;
    private int beforeEnd;
    private int beforeHash;
    private int depth;
    private boolean routine;
    private int atomic;
    private int end;
    private int features;
    private boolean opaque;

    Cursor(VolatileFunctions functions) {
        this.functions = functions;
    }

    void functions(VolatileFunctions known) {
        functions = known;
    }

    void standardConformingStrings(boolean on) {
        lexer.standardConformingStrings(on);
    }

    void reset(byte[] bytes, int offset, int length) {
        text = bytes;
        lexer.reset(bytes, offset, length);
        beginStatement();
    }

    /** Forgets what was before, as at the start of a statement. */
    void beginStatement() {
        kind = TokenKind.SEMICOLON;
        key = Keyword.NONE;
        depth = 0;
        routine = false;
        atomic = 0;
        features = 0;
        opaque = false;
    }

    /** Goes to the next token. */
    void advance() {
        beforeKind = kind;
        beforeKey = key;
        if (kind == TokenKind.WORD || kind == TokenKind.QUOTED_NAME) {
            beforeStart = lexer.start();
            beforeEnd = lexer.end();
            beforeHash = kind == TokenKind.WORD ? lexer.wordHash() : 0;
        }
        kind = lexer.next();
        key = Keyword.NONE;
        switch (kind) {
            case WORD -> {
                if (beforeKind != TokenKind.DOT && beforeKey != Keyword.AS) {
                    key = lexer.keyword();
                    if (routine) {
                        body();
                    }
                }
            }
            case OPEN -> {
                depth++;
                call();
            }
            case CLOSE -> depth = Math.max(0, depth - 1);
            case UNICODE_NAME -> {
                opaque = true;
                features |= Feature.ESCAPED_NAME.bit();
            }
            case INVALID -> features |= Feature.INVALID.bit();
            case PARAMETER -> features |= Feature.PARAMETERS.bit();
            case WHITESPACE,
                    COMMENT,
                    QUOTED_NAME,
                    STRING,
                    BITS,
                    NUMBER,
                    OPERATOR,
                    OPEN_BRACKET,
                    CLOSE_BRACKET,
                    COMMA,
                    DOT,
                    SEMICOLON,
                    END -> {}
        }
    }

    /** A name with a parenthesis behind it may be a call. */
    private void call() {
        VolatileFunctions.Effect effect =
                switch (beforeKind) {
                    case WORD ->
                            functions.ofWord(text, beforeStart, beforeEnd, beforeHash, beforeKey);
                    case QUOTED_NAME -> functions.ofQuoted(text, beforeStart + 1, beforeEnd - 1);
                    default -> VolatileFunctions.Effect.NONE;
                };
        features |= effect.features();
    }

    /**
     * The statements of a routine's body, BEGIN ATOMIC ... END, are parts of the one that creates
     * it.
     */
    private void body() {
        if (key == Keyword.ATOMIC && beforeKey == Keyword.BEGIN) {
            atomic = 1;
        } else if (atomic > 0 && key == Keyword.CASE) {
            atomic++;
        } else if (atomic > 0 && key == Keyword.END) {
            atomic--;
        }
    }

    /** The statement creates a function or procedure. */
    void routine() {
        routine = true;
    }

    /** Goes to the next token of the statement, and says whether there is one. */
    boolean step() {
        if (ended()) {
            return false;
        }
        end = lexer.end();
        advance();
        return !ended();
    }

    /** Whether the statement is over: at its semicolon or behind the text. */
    boolean ended() {
        return kind == TokenKind.END || (kind == TokenKind.SEMICOLON && depth == 0 && atomic == 0);
    }

    /** Where the last token that {@link #step} left behind ends. */
    int statementEnd() {
        return end;
    }

    TokenKind kind() {
        return kind;
    }

    /** The keyword that the token is, NONE if it is none or stands where only a name can. */
    Keyword key() {
        return key;
    }

    TokenKind beforeKind() {
        return beforeKind;
    }

    Keyword beforeKey() {
        return beforeKey;
    }

    /** How many parentheses are open, the token included. */
    int depth() {
        return depth;
    }

    /** What was seen since the statement began. */
    int features() {
        return features;
    }

    /** Whether a name was written with escapes, so that it is not known what it names. */
    boolean opaque() {
        return opaque;
    }

    int start() {
        return lexer.start();
    }

    boolean atEnd() {
        return kind == TokenKind.END;
    }
}
