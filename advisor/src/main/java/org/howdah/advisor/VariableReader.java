package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.howdah.advisor.Expression.Column;
import org.howdah.advisor.Expression.Other;
import org.howdah.advisor.Expression.Parameter;
import org.howdah.advisor.Expression.Star;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.*;

/** Makes columns, parameters and stars of the names in parse trees. */
final class VariableReader {
    private VariableReader() {}

    static Expression read(Indirection_varContext variable, Template template) {
        if (variable.dollar_number() != null) {
            int number = Integer.parseInt(variable.dollar_number().getText().substring(1));
            return variable.indirection_list() == null
                    ? new Parameter(number)
                    : new Other(List.of(new Parameter(number)), template);
        }
        List<String> names = new ArrayList<>();
        names.add(Identifiers.name(variable.identifier()));
        Indirection_listContext further = variable.indirection_list();
        if (further == null) {
            return new Column(Optional.empty(), names.getFirst());
        }
        for (IndirectionContext indirection : further.indirection()) {
            if (indirection.col_label() == null) {
                // An array element or a slice: its column is read, no index serves it.
                Column base = column(names);
                return new Other(List.of(base), template);
            }
            names.add(Identifiers.name(indirection.col_label()));
        }
        return further.MULTIPLY() != null ? new Star(Optional.of(names.getLast())) : column(names);
    }

    private static Column column(List<String> names) {
        return names.size() == 1
                ? new Column(Optional.empty(), names.getFirst())
                : new Column(Optional.of(names.get(names.size() - 2)), names.getLast());
    }
}
