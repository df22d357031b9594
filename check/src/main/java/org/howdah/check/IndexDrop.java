package org.howdah.check;

import java.util.Optional;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.IndexFact;
import org.howdah.remedy.DropIndex;
import org.howdah.remedy.IndexTree;
import org.howdah.remedy.Remedy;

/** The remedy that takes an index away, in the form that its kind allows. */
final class IndexDrop {
    private IndexDrop() {}

    /** None while the index is locked, since its definition is needed for the way back. */
    static Optional<Remedy> of(DatabaseFacts database, IndexFact index, DropIndex.Reason reason) {
        return index.parent().isPresent()
                ? Optional.empty()
                : IndexTree.of(index, database.indexes().orNone())
                        .map(tree -> new DropIndex(database.name(), tree, reason));
    }
}
