package org.howdah.advisor;

import java.util.List;

/**
 * What a statement reads and how, by its text alone: names are as they are written, in the form in
 * which the catalogue has them.
 */
record StatementShape(Kind kind, List<QueryBlock> blocks) {
    enum Kind {
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        MERGE
    }

    StatementShape {
        blocks = List.copyOf(blocks);
    }
}
