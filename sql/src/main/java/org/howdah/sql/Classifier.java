package org.howdah.sql;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;

/**
 * Tells reads from writes, and what a proxy must know of a statement, from its tokens alone: no
 * tree is built and nothing is allocated. A classifier is a cursor over the statements of a text
 * and is used again for text after text; it is not safe for several threads.
 *
 * <p>The rule is one-sided: a statement is a READ only if it begins like a query and holds nothing
 * by which a query can write (a modifying WITH, SELECT INTO, a locking clause, a function that may
 * write). What is doubtful, broken or unknown is a WRITE. That is sound because the words which
 * introduce those parts are either reserved in PostgreSQL's grammar or looked for wherever they
 * might stand; a column named {@code update} in an odd place may cost a read its reader, never a
 * write its writer.
 */
public final class Classifier {

    private final Cursor cursor;
    private final Verdict verdict = new Verdict();
    private final QueryScan query;
    private final ControlStatements control;
    private final CopyAndExplain containing;
    private int start;
    private int end;

    /** With the server's own functions only. */
    public Classifier() {
        this(VolatileFunctions.builtIn());
    }

    /** With these functions held for dangerous. */
    public Classifier(VolatileFunctions functions) {
        cursor = new Cursor(functions);
        query = new QueryScan(cursor, verdict);
        control = new ControlStatements(cursor, verdict);
        containing = new CopyAndExplain(cursor, verdict, query);
    }

    /**
     * Classifies all of this text together. For tests and tools; on a hot path keep a classifier.
     */
    public static Classification of(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return new Classifier().whole(bytes, 0, bytes.length).classification();
    }

    /** See {@link Lexer#standardConformingStrings}. */
    public Classifier standardConformingStrings(boolean on) {
        cursor.standardConformingStrings(on);
        return this;
    }

    /** From the next text on these functions are held for dangerous. */
    public Classifier functions(VolatileFunctions known) {
        cursor.functions(known);
        return this;
    }

    /** Starts on this text; {@link #next} goes to its first statement. */
    public Classifier reset(byte[] text, int offset, int length) {
        cursor.reset(text, offset, length);
        verdict.clear();
        start = offset;
        end = offset;
        return this;
    }

    /**
     * Classifies the next statement of the text; false if there is none. Empty statements are
     * passed over.
     */
    public boolean next() {
        verdict.clear();
        do {
            cursor.beginStatement();
            cursor.advance();
        } while (cursor.kind() == TokenKind.SEMICOLON);
        if (cursor.atEnd()) {
            return false;
        }
        start = cursor.start();
        statement();
        while (cursor.step()) {
            // The cursor notes what matters in any token.
        }
        end = cursor.statementEnd();
        verdict.addAll(cursor.features());
        if (has(Feature.INVALID)) {
            verdict.unknown();
        }
        return true;
    }

    /**
     * Classifies all statements of the text as one: the strongest kind with its action, the
     * features of all.
     */
    public Classifier whole(byte[] text, int offset, int length) {
        reset(text, offset, length);
        if (!next()) {
            return this;
        }
        StatementKind strongest = kind();
        StatementAction its = action();
        int all = verdict.features();
        int first = start;
        int last = end;
        while (next()) {
            if (kind().outweighs(strongest)) {
                strongest = kind();
                its = action();
            }
            all |= verdict.features() | Feature.MULTIPLE_STATEMENTS.bit();
            last = end;
        }
        verdict.set(strongest, its);
        verdict.addAll(all);
        start = first;
        end = last;
        return this;
    }

    public StatementKind kind() {
        return verdict.kind();
    }

    public StatementAction action() {
        return verdict.action();
    }

    public boolean has(Feature feature) {
        return verdict.has(feature);
    }

    /** Where the statement begins in the array, comments before it left out. */
    public int start() {
        return start;
    }

    /**
     * Where the statement ends in the array: behind its last token, comments and the semicolon left
     * out.
     */
    public int end() {
        return end;
    }

    /** The verdict as a value to keep. */
    public Classification classification() {
        var features = EnumSet.noneOf(Feature.class);
        for (Feature feature : Feature.values()) {
            if (has(feature)) {
                features.add(feature);
            }
        }
        return new Classification(kind(), action(), features);
    }

    private void statement() {
        switch (cursor.key()) {
            case SELECT, VALUES, TABLE, WITH -> query.query();
            case INSERT -> query.modify(StatementAction.INSERT);
            case UPDATE -> query.modify(StatementAction.UPDATE);
            case DELETE -> query.modify(StatementAction.DELETE);
            case MERGE -> query.modify(StatementAction.MERGE);
            case EXPLAIN -> {
                if (!verdict.has(Feature.EXPLAIN) && containing.explain()) {
                    statement();
                }
            }
            case COPY -> containing.copy();
            case SHOW -> verdict.set(StatementKind.READ, StatementAction.SHOW);
            case CALL -> verdict.set(StatementKind.WRITE, StatementAction.CALL);
            case DO -> verdict.set(StatementKind.WRITE, StatementAction.DO);
            case NOTIFY -> verdict.set(StatementKind.WRITE, StatementAction.NOTIFY);
            default -> otherStatement();
        }
    }

    private void otherStatement() {
        switch (cursor.key()) {
            case BEGIN -> control.begin();
            case START -> control.start();
            case COMMIT, END ->
                    control.finish(StatementAction.COMMIT, StatementAction.COMMIT_PREPARED);
            case ROLLBACK, ABORT ->
                    control.finish(StatementAction.ROLLBACK, StatementAction.ROLLBACK_PREPARED);
            case SAVEPOINT -> control.transaction(StatementAction.SAVEPOINT);
            case RELEASE -> control.transaction(StatementAction.RELEASE);
            case PREPARE -> control.prepare();
            case SET -> control.set();
            case RESET -> control.session(StatementAction.RESET, true);
            case DISCARD -> control.session(StatementAction.DISCARD, true);
            case LISTEN -> control.session(StatementAction.LISTEN, true);
            case UNLISTEN -> control.session(StatementAction.UNLISTEN, true);
            case DEALLOCATE -> control.session(StatementAction.DEALLOCATE, true);
            case LOAD -> control.session(StatementAction.LOAD, true);
            case EXECUTE -> control.session(StatementAction.EXECUTE, false);
            case DECLARE -> control.declare();
            case FETCH -> control.session(StatementAction.FETCH, false);
            case MOVE -> control.session(StatementAction.MOVE, false);
            case CLOSE -> control.session(StatementAction.CLOSE, false);
            case CREATE -> control.create();
            case TRUNCATE -> verdict.set(StatementKind.UTILITY, StatementAction.TRUNCATE);
            case LOCK -> verdict.set(StatementKind.UTILITY, StatementAction.LOCK);
            case ALTER, DROP, GRANT, REVOKE, COMMENT, SECURITY, IMPORT, REASSIGN, REFRESH ->
                    verdict.set(StatementKind.UTILITY, StatementAction.DEFINE);
            case VACUUM, ANALYZE, ANALYSE, CLUSTER, REINDEX, CHECKPOINT ->
                    verdict.set(StatementKind.UTILITY, StatementAction.MAINTAIN);
            default -> {
                if (cursor.kind() == TokenKind.OPEN) {
                    containing.parenthesized();
                } else {
                    verdict.unknown();
                }
            }
        }
    }
}
