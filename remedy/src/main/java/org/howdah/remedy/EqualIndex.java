package org.howdah.remedy;

import java.time.Duration;
import java.util.Optional;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Query;
import org.howdah.postgres.Session;
import org.howdah.postgres.StatementException;

/**
 * An index that a partition has already and that is what a partitioned index would have made there,
 * so that it can be attached where another would only be a second one of the same.
 *
 * <p>The server's own rule (CompareIndexInfo in src/backend/catalog/index.c) asks for the same
 * access method, uniqueness, columns, collations, operator families, expressions and condition.
 * Here the order of each key and the very operator class must be the same, too: the server would
 * attach an index that sorts the other way. Left alone are those that somebody else rests on (a
 * constraint, the replica identity, CLUSTER), because they could not be given back unchanged.
 */
record EqualIndex(long oid, String schema, String name) {
    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(500);

    // pg_get_indexdef gives nothing for a column behind INCLUDE, hence the names.
    private static final String TEXT =
            """
            SELECT c.oid::bigint AS oid, n.nspname AS schema, c.relname AS name
              FROM pg_catalog.pg_index p
              JOIN pg_catalog.pg_class pc ON pc.oid = p.indexrelid
              JOIN pg_catalog.pg_index i ON i.indrelid = ?::bigint::oid
              JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.relam = pc.relam
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE p.indexrelid = pg_catalog.to_regclass(?)
               AND NOT c.relispartition AND i.indisvalid AND i.indisready AND i.indislive
               AND NOT i.indisreplident AND NOT i.indisclustered AND NOT i.indisprimary AND NOT i.indisexclusion
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid)
               AND i.indisunique = p.indisunique AND i.indimmediate = p.indimmediate AND %s
               AND i.indnatts = p.indnatts AND i.indnkeyatts = p.indnkeyatts
               AND i.indclass::oid[] = p.indclass::oid[]
               AND i.indcollation::oid[] = p.indcollation::oid[]
               AND i.indoption::int2[] = p.indoption::int2[]
               AND coalesce(pg_catalog.pg_get_expr(i.indpred, i.indrelid), '') = coalesce(pg_catalog.pg_get_expr(p.indpred, p.indrelid), '')
               AND NOT EXISTS (SELECT FROM pg_catalog.generate_series(1, p.indnkeyatts) k
                                WHERE pg_catalog.pg_get_indexdef(i.indexrelid, k::int, false)
                                      IS DISTINCT FROM pg_catalog.pg_get_indexdef(p.indexrelid, k::int, false))
               AND NOT EXISTS (SELECT FROM pg_catalog.generate_series(0, p.indnatts - 1) k
                                 LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k]
                                 LEFT JOIN pg_catalog.pg_attribute pa ON pa.attrelid = p.indrelid AND pa.attnum = p.indkey[k]
                                WHERE a.attname IS DISTINCT FROM pa.attname)
             ORDER BY c.relname
             LIMIT 1
            """;

    private static final Query<EqualIndex> QUERY =
            Query.of(EqualIndex.class, TEXT.formatted("true"))
                    .from(15, TEXT.formatted("i.indnullsnotdistinct = p.indnullsnotdistinct"));

    /**
     * @param parent a partitioned index that is there, complete or not
     */
    static Optional<EqualIndex> of(Session session, QualifiedName parent, TableFact partition) {
        return of(session, parent, partition, ATTEMPTS);
    }

    /** Definitions can only be read while nobody holds the partition exclusively. */
    private static Optional<EqualIndex> of(
            Session session, QualifiedName parent, TableFact partition, int attempts) {
        try {
            return session.query(QUERY, partition.oid(), parent.sql()).stream().findFirst();
        } catch (StatementException failure) {
            if (attempts == 1 || !failure.sqlState().equals("55P03")) {
                throw failure;
            }
        }
        StopSignal.pause(PAUSE);
        return of(session, parent, partition, attempts - 1);
    }

    QualifiedName qualifiedName() {
        return new QualifiedName(schema, name);
    }
}
