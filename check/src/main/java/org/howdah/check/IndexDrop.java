package org.howdah.check;

import java.util.List;
import java.util.Optional;
import org.howdah.postgres.IndexFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.DropIndex;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.Subject;

/** The remedy that takes an index away, in the form that its kind allows. */
final class IndexDrop {
    private IndexDrop() {}

    /** None while the index is locked, since its definition is needed for the way back. */
    static Optional<Remedy> of(String database, IndexFact index, DropIndex.Reason reason) {
        if (index.parent().isPresent()) {
            return Optional.empty();
        }
        if (index.partitioned()) {
            return Optional.of(
                    new ByHand(
                            Subject.index(database, index.qualifiedName()),
                            "A partitioned index cannot be dropped concurrently; this locks the table and all its partitions for a moment.",
                            List.of("DROP INDEX " + index.qualifiedName().sql())));
        }
        return index.definition()
                .map(definition ->
                        new DropIndex(database, index.qualifiedName(), definition, reason));
    }
}
