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
 * @param exclusiveLocks who keeps everybody from reading a relation
 */
public record DatabaseFacts(
        String name,
        Facts<RelationFact> relations,
        Facts<RelationFact> catalogs,
        Facts<IndexFact> indexes,
        Facts<ConstraintFact> constraints,
        Facts<TableLockFact> exclusiveLocks) {

    static DatabaseFacts read(Session session) {
        Clock clock = Clock.systemUTC();
        OidRanges tables = OidRanges.ofTables(session, clock);
        OidRanges indexes = OidRanges.ofIndexes(session, clock);
        Facts<TableLockFact> locks = session.facts(TableLockFact.QUERY);
        Facts<RelationFact> relations = tables.read(RelationFact.QUERY);
        return new DatabaseFacts(
                session.dsn().database(),
                relations.filter(relation -> !relation.system()),
                relations.filter(RelationFact::system),
                indexes.read(IndexFact.QUERY).filter(index -> !index.system()),
                tables.read(ConstraintFact.QUERY),
                locks);
    }

    /** The relations by oid; none where they are unknown. */
    public Map<Long, RelationFact> relationsByOid() {
        return relations.orNone().stream()
                .collect(Collectors.toMap(RelationFact::oid, Function.identity()));
    }

    /** The indexes of each table, by the table's oid; none where they are unknown. */
    public Map<Long, List<IndexFact>> indexesByTable() {
        return indexes.orNone().stream().collect(Collectors.groupingBy(IndexFact::table));
    }

    /** The constraints of each table, by the table's oid; none where they are unknown. */
    public Map<Long, List<ConstraintFact>> constraintsByTable() {
        return constraints.orNone().stream().collect(Collectors.groupingBy(ConstraintFact::table));
    }
}
