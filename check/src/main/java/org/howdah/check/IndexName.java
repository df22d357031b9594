package org.howdah.check;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.howdah.postgres.QualifiedName;

/** Names for new indexes in PostgreSQL's own manner: {@code <table>_<columns>_idx}. */
final class IndexName {
    /** NAMEDATALEN less its end. */
    private static final int LONGEST = 63;

    private IndexName() {}

    /** A name that is not taken, in the table's schema, of at most 63 bytes. */
    static QualifiedName fresh(QualifiedName table, List<String> columns, Set<String> taken) {
        String stem = table.name() + "_" + String.join("_", columns);
        for (int i = 0; ; i++) {
            String suffix = "_idx" + (i == 0 ? "" : String.valueOf(i));
            String name = shortened(stem, LONGEST - suffix.length()) + suffix;
            if (!taken.contains(name)) {
                return new QualifiedName(table.schema(), name);
            }
        }
    }

    private static String shortened(String text, int bytes) {
        String fitting = text;
        while (fitting.getBytes(StandardCharsets.UTF_8).length > bytes) {
            fitting = fitting.substring(0, fitting.offsetByCodePoints(fitting.length(), -1));
        }
        return fitting;
    }
}
