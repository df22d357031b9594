package org.howdah.sql;

/**
 * Brings statements that differ only in their constants, comments, spacing and the like into one
 * form. A normalizer is used again for statement after statement and allocates nothing once its
 * arrays have grown; it is not safe for several threads.
 */
public final class Normalizer {

    private final Lexer lexer = new Lexer();
    private final TokenList tokens = new TokenList();
    private final Constants constants = new Constants(tokens);
    private final ListFolding lists = new ListFolding(tokens);
    private final CanonicalText canonical = new CanonicalText(tokens);

    /** See {@link Lexer#standardConformingStrings}. */
    public Normalizer standardConformingStrings(boolean on) {
        lexer.standardConformingStrings(on);
        return this;
    }

    /** Takes this text in; ask for its {@link #value} or {@link #text} afterwards. */
    public Normalizer read(byte[] text, int offset, int length) {
        lexer.reset(text, offset, length);
        tokens.clear(text);
        TokenKind before = TokenKind.END;
        Keyword beforeKey = Keyword.NONE;
        while (lexer.next() != TokenKind.END) {
            TokenKind kind = lexer.kind();
            boolean name = before == TokenKind.DOT || beforeKey == Keyword.AS;
            Keyword key = kind == TokenKind.WORD && !name ? lexer.keyword() : Keyword.NONE;
            tokens.add(kind, key, lexer.start(), lexer.end());
            before = kind;
            beforeKey = key;
        }
        constants.replace();
        lists.fold();
        canonical.write(text);
        return this;
    }

    /** The fingerprint's number. */
    public long value() {
        return canonical.hash();
    }

    /** The normalised text. */
    public String text() {
        return canonical.toString();
    }

    public Fingerprint fingerprint() {
        return new Fingerprint(value(), text());
    }
}
