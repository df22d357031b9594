package org.howdah.remedy;

import java.util.Optional;
import org.howdah.postgres.Query;
import org.howdah.postgres.Session;

/** Other indexes of the same table that stand in for one that is to be dropped. */
final class IndexTwin {
    // Same access method, condition and properties of the leading keys; every column is in the
    // other; a unique index is only replaced by one that forbids the same at the same moment.
    private record Twin(String name) {}

    private static final String TWIN =
            """
            SELECT oc.relname AS name
              FROM pg_catalog.pg_index me
              JOIN pg_catalog.pg_class mc ON mc.oid = me.indexrelid
              JOIN pg_catalog.pg_index other ON other.indrelid = me.indrelid AND other.indexrelid <> me.indexrelid
              JOIN pg_catalog.pg_class oc ON oc.oid = other.indexrelid AND oc.relam = mc.relam
              JOIN pg_catalog.pg_am am ON am.oid = oc.relam
             WHERE me.indexrelid = ?::bigint::oid
               AND other.indisvalid AND other.indisready AND other.indislive
               AND coalesce(pg_catalog.pg_get_expr(other.indpred, other.indrelid), '') = coalesce(pg_catalog.pg_get_expr(me.indpred, me.indrelid), '')
               AND (other.indnkeyatts = me.indnkeyatts OR (am.amname = 'btree' AND other.indnkeyatts > me.indnkeyatts AND NOT me.indisunique))
               AND (NOT me.indisunique OR (other.indisunique AND (other.indimmediate OR NOT me.indimmediate) %s))
               AND (other.indclass::oid[])[0:me.indnkeyatts - 1] = (me.indclass::oid[])[0:me.indnkeyatts - 1]
               AND (other.indcollation::oid[])[0:me.indnkeyatts - 1] = (me.indcollation::oid[])[0:me.indnkeyatts - 1]
               AND (other.indoption::int2[])[0:me.indnkeyatts - 1] = (me.indoption::int2[])[0:me.indnkeyatts - 1]
               AND (other.indkey::int2[]) @> (me.indkey::int2[])
               AND NOT EXISTS (SELECT FROM pg_catalog.generate_series(1, me.indnkeyatts) k
                                WHERE pg_catalog.pg_get_indexdef(other.indexrelid, k::int, false)
                                      IS DISTINCT FROM pg_catalog.pg_get_indexdef(me.indexrelid, k::int, false))
             ORDER BY other.indisprimary DESC, oc.relname
             LIMIT 1
            """;

    private static final Query<Twin> TWINS =
            Query.of(Twin.class, TWIN.formatted(""))
                    .from(
                            15,
                            TWIN.formatted(
                                    "AND other.indnullsnotdistinct = me.indnullsnotdistinct"));

    private static final String ONLY_UNDER_FOREIGN_KEY =
            """
            SELECT k.conname
              FROM pg_catalog.pg_index me
              JOIN pg_catalog.pg_constraint k ON k.conrelid = me.indrelid AND k.contype = 'f'
             WHERE me.indexrelid = ?::bigint::oid AND me.indpred IS NULL
               AND (me.indkey::int2[])[0:pg_catalog.cardinality(k.conkey) - 1] @> k.conkey
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_index other
                                WHERE other.indrelid = me.indrelid AND other.indexrelid <> me.indexrelid
                                  AND other.indisvalid AND other.indpred IS NULL
                                  AND (other.indkey::int2[])[0:pg_catalog.cardinality(k.conkey) - 1] @> k.conkey)
             ORDER BY k.conname
             LIMIT 1
            """;

    private IndexTwin() {}

    /** The name of a valid index that serves everything that this one serves. */
    static Optional<String> of(Session session, long index) {
        return session.query(TWINS, index).stream().map(Twin::name).findFirst();
    }

    /** The name of a foreign key whose columns no other index leads with. */
    static Optional<String> onlySupportOf(Session session, long index) {
        return session.query(ONLY_UNDER_FOREIGN_KEY, row -> row.getString(1), index).stream()
                .findFirst();
    }
}
