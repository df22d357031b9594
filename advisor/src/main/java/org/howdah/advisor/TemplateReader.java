package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.howdah.advisor.Expression.Other;
import org.howdah.postgres.QualifiedName;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.*;

/** Writes parse trees as text again, in one way whatever they were written in. */
final class TemplateReader {
    private TemplateReader() {}

    /** The tree's text, columns without what stands in front of them. */
    static Template read(ParseTree tree) {
        List<Template> pieces = new ArrayList<>();
        render(tree, pieces);
        return Template.join(pieces);
    }

    private static void render(ParseTree tree, List<Template> pieces) {
        if (tree instanceof TerminalNode terminal) {
            boolean quoted = terminal.getSymbol().getType() == SQLLexer.QuotedIdentifier;
            String text = terminal.getText();
            boolean call = text.equals("(") && opensCall(tree.getParent());
            pieces.add(
                    call
                            ? Template.tight(text)
                            : Template.text(quoted ? QualifiedName.quote(text) : text));
            return;
        }
        if (tree instanceof Indirection_varContext variable) {
            Expression read = VariableReader.read(variable, Template.text(variable.getText()));
            if (!(read instanceof Other)) {
                pieces.add(read.template());
                return;
            }
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            render(tree.getChild(i), pieces);
        }
    }

    private static boolean opensCall(ParseTree parent) {
        return parent instanceof Function_callContext
                || parent instanceof Function_constructContext
                || parent instanceof Extract_functionContext
                || parent instanceof Cast_specificationContext
                || parent instanceof String_value_functionContext
                || parent instanceof Type_lengthContext;
    }
}
