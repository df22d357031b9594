package org.howdah.advisor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.howdah.postgres.ColumnFact;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.RelationFact;

/**
 * A table with all that the advisor asks of it.
 *
 * @param rows of the table, or of all its partitions
 * @param bytes of its heap, or of those of all its partitions
 */
record KnownTable(
        RelationFact fact,
        double rows,
        long bytes,
        List<ColumnFact> columns,
        List<IndexFact> indexes) {
    private static final double PAGE = 8192;

    KnownTable {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
    }

    QualifiedName name() {
        return fact.qualifiedName();
    }

    long oid() {
        return fact.oid();
    }

    double pages() {
        return Math.max(1, bytes / PAGE);
    }

    Optional<ColumnFact> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** How many different values a column has; none without statistics. */
    OptionalDouble distinct(String column) {
        return column(column).map(fact -> fact.distinctAmong(rows)).orElse(OptionalDouble.empty());
    }

    /** Bytes of a column's value in an index entry, as wide as they are stored on average. */
    double width(String column) {
        return column(column)
                .map(fact ->
                        fact.byteLength() > 0
                                ? fact.byteLength()
                                : (double) fact.averageBytes().orElse(32))
                .orElse(32.0);
    }
}
