package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;

/** Names as the catalogue has them: lower case unless quoted, quotes taken off. */
final class Identifiers {
    private Identifiers() {}

    /** The grammar's lexer has taken the quotes off already. */
    static String name(ParserRuleContext identifier) {
        String text = identifier.getText();
        boolean quoted = identifier.getStart().getType() == SQLLexer.QuotedIdentifier;
        return quoted ? text : text.toLowerCase(Locale.ROOT);
    }

    /** The parts of a dotted name, a database in front dropped. */
    static List<String> parts(Schema_qualified_nameContext qualified) {
        List<String> parts = new ArrayList<>();
        for (ParseTree child : qualified.children) {
            if (child instanceof ParserRuleContext part) {
                parts.add(name(part));
            }
        }
        return parts.size() > 2 ? parts.subList(parts.size() - 2, parts.size()) : parts;
    }
}
