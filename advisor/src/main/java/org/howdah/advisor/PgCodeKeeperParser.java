package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/** Reads shapes with the grammar of pgCodeKeeper. Safe for use by several threads. */
final class PgCodeKeeperParser implements StatementParser {
    private static final Pattern BEGINNING =
            Pattern.compile(
                    "\\(|(select|with|insert|update|delete|merge|values|table)\\b",
                    Pattern.CASE_INSENSITIVE);

    @Override
    public Parsed parse(String sql) {
        String text = StatementText.of(sql).forParser();
        if (!BEGINNING.matcher(text).lookingAt()) {
            return new Parsed.Utility();
        }
        ErrorCollector errors = new ErrorCollector();
        SQLLexer lexer = new SQLLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        lexer.addErrorListener(errors);
        SQLParser parser = new SQLParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.addErrorListener(errors);
        SQLParser.SqlContext tree = parser.sql();
        if (!errors.messages.isEmpty()) {
            return new Parsed.Refused(errors.messages.getFirst());
        }
        List<SQLParser.StatementContext> statements = tree.statement();
        if (statements.size() != 1) {
            return new Parsed.Refused("it is " + statements.size() + " statements, not one");
        }
        SQLParser.@Nullable Data_statementContext statement =
                statements.getFirst().data_statement();
        if (statement == null) {
            return new Parsed.Utility();
        }
        try {
            return new Parsed.Shape(new BlockReader().read(statement));
        } catch (UnreadableShape unreadable) {
            return new Parsed.Refused(unreadable.reason());
        }
    }

    private static final class ErrorCollector extends BaseErrorListener {
        private final List<String> messages = new ArrayList<>();

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                @Nullable Object offendingSymbol,
                int line,
                int column,
                String message,
                @Nullable RecognitionException cause) {
            messages.add("syntax at line %d, column %d: %s".formatted(line, column + 1, message));
        }
    }
}
