package org.howdah.postgres;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is true of one database: its relations, indexes, columns, constraints, sequences,
 * extensions. Read in a fixed number of queries, each in ranges of oids where there are very many
 * relations.
 *
 * @param relations tables, partitioned tables and materialized views, catalogs not among them
 * @param catalogs the same facts of the system catalogs
 * @param indexes those of user relations
 * @param constraints those of user relations; CHECK and NOT NULL only where not validated
 * @param rowWidths of tables of 1 MB and more, for estimates of bloat
 * @param keyWidths of B-trees of 1 MB and more
 * @param integerKeys unique columns of two or four bytes
 * @param exclusiveLocks who keeps everybody from reading a relation
 * @param tableWork who vacuums, analyzes or builds indexes
 */
public record DatabaseFacts(
        String name,
        Facts<DatabaseFact> database,
        Facts<RelationFact> relations,
        Facts<RelationFact> catalogs,
        Facts<IndexFact> indexes,
        Facts<ConstraintFact> constraints,
        Facts<SequenceFact> sequences,
        Facts<PartitionedTableFact> partitionedTables,
        Facts<ExtensionFact> extensions,
        Facts<RowWidthFact> rowWidths,
        Facts<KeyWidthFact> keyWidths,
        Facts<IntegerKeyFact> integerKeys,
        Facts<TableLockFact> exclusiveLocks,
        Facts<TableWorkFact> tableWork) {

    static DatabaseFacts read(Session session) {
        Clock clock = Clock.systemUTC();
        OidRanges tables = OidRanges.ofTables(session, clock);
        OidRanges indexes = OidRanges.ofIndexes(session, clock);
        OidRanges sequences = OidRanges.ofSequences(session, clock);
        Facts<TableLockFact> locks = session.facts(TableLockFact.QUERY);
        Facts<RelationFact> relations = tables.read(RelationFact.QUERY);
        return new DatabaseFacts(
                session.dsn().database(),
                session.facts(DatabaseFact.QUERY),
                relations.filter(relation -> !relation.system()),
                relations.filter(RelationFact::system),
                indexes.read(IndexFact.QUERY).filter(index -> !index.system()),
                tables.read(ConstraintFact.QUERY),
                sequences.read(SequenceFact.QUERY),
                session.facts(PartitionedTableFact.QUERY),
                session.facts(ExtensionFact.QUERY),
                tables.read(RowWidthFact.QUERY),
                indexes.read(KeyWidthFact.QUERY),
                tables.read(IntegerKeyFact.QUERY),
                locks,
                session.facts(TableWorkFact.QUERY));
    }

    /** The relations by oid; none where they are unknown. */
    public Map<Long, RelationFact> relationsByOid() {
        return relations.orNone().stream()
                .collect(Collectors.toMap(RelationFact::oid, Function.identity()));
    }

    /** The partitions of each partitioned table; none where the relations are unknown. */
    public Partitions partitions() {
        return Partitions.among(relations.orNone());
    }

    /** The indexes of each table, by the table's oid; none where they are unknown. */
    public Map<Long, List<IndexFact>> indexesByTable() {
        return indexes.orNone().stream().collect(Collectors.groupingBy(IndexFact::table));
    }
}
