package org.howdah.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.QualifiedName;

/**
 * An index and, where it is partitioned, those of the partitions.
 *
 * @param definition its whole CREATE INDEX statement
 */
public record IndexTree(
        QualifiedName index, boolean partitioned, String definition, List<IndexTree> parts) {
    public IndexTree {
        parts = List.copyOf(parts);
    }

    /** An index that is not partitioned. */
    public static IndexTree plain(QualifiedName index, String definition) {
        return new IndexTree(index, false, definition, List.of());
    }

    /**
     * None while the definition of any of them cannot be read.
     *
     * @param all the indexes of its database
     */
    public static Optional<IndexTree> of(IndexFact index, List<IndexFact> all) {
        if (index.definition().isEmpty()) {
            return Optional.empty();
        }
        List<IndexTree> parts = new ArrayList<>();
        for (IndexFact part : index.partitioned() ? all : List.<IndexFact>of()) {
            if (part.parent().isPresent() && part.parent().getAsLong() == index.oid()) {
                Optional<IndexTree> tree = of(part, all);
                if (tree.isEmpty()) {
                    return Optional.empty();
                }
                parts.add(tree.get());
            }
        }
        return Optional.of(
                new IndexTree(
                        index.qualifiedName(),
                        index.partitioned(),
                        index.definition().get(),
                        parts));
    }

    /** The statements that build it again, without blocking writes for long. */
    List<String> creation() {
        if (!partitioned) {
            return List.of(RemedySql.concurrently(definition));
        }
        List<String> statements = new ArrayList<>();
        // As the server gives it: ON ONLY the partitioned table.
        statements.add(definition);
        for (IndexTree part : parts) {
            statements.addAll(part.creation());
            statements.add(RemedySql.attach(index, part.index()));
        }
        return List.copyOf(statements);
    }
}
