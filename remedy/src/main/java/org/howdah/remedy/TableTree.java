package org.howdah.remedy;

import java.util.List;
import org.howdah.postgres.Partitions;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.RelationFact;

/**
 * A table to index, and its partitions where it has any.
 *
 * @param partitioned whether it is a partitioned table, which may have no partition yet
 * @param partitions those directly below it, in the order in which they are indexed
 */
public record TableTree(QualifiedName table, boolean partitioned, List<TableTree> partitions) {
    public TableTree {
        partitions = List.copyOf(partitions);
    }

    /** A table that has no partitions. */
    public static TableTree plain(QualifiedName table) {
        return new TableTree(table, false, List.of());
    }

    public static TableTree of(RelationFact table, Partitions partitions) {
        return new TableTree(
                table.qualifiedName(),
                !table.hasStorage(),
                partitions.below(table).stream().map(below -> of(below, partitions)).toList());
    }
}
