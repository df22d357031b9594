package org.howdah.postgres;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a query over all relations in ranges of their oids, so that no statement on the server runs
 * long however many there are, and so that what gets in the way costs one range another attempt: a
 * lock taken between looking at the locks and opening the relation, a relation dropped meanwhile,
 * or a statement timeout (then the range is halved).
 *
 * <p>The query's two parameters are the range: the oid before its first and its last.
 */
final class OidRanges {
    /** At some 0.3 ms a relation this stays well below the statement timeout of 5 s. */
    private static final int RELATIONS_IN_A_RANGE = 2_500;

    private static final int ATTEMPTS = 4;
    private static final long LAST_OID = 0xFFFF_FFFFL;

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String QUERY_CANCELED = "57014";
    private static final String INTERNAL_ERROR = "XX000";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_OBJECT = "42704";

    private record Range(long after, long last) {
        boolean canBeHalved() {
            return last - after > 1;
        }
    }

    private final Session session;
    private final Clock clock;
    private final List<Range> ranges;

    private OidRanges(Session session, Clock clock, List<Range> ranges) {
        this.session = session;
        this.clock = clock;
        this.ranges = ranges;
    }

    static OidRanges ofTables(Session session, Clock clock) {
        return of(session, clock, "'r', 'p', 'm'");
    }

    static OidRanges ofIndexes(Session session, Clock clock) {
        return of(session, clock, "'i', 'I'");
    }

    static OidRanges ofSequences(Session session, Clock clock) {
        return of(session, clock, "'S'");
    }

    private static OidRanges of(Session session, Clock clock, String kinds) {
        List<Long> lasts =
                session.query(
                        """
                        SELECT max(oid)::bigint
                          FROM (SELECT oid, (row_number() OVER (ORDER BY oid) - 1) / %d AS range
                                  FROM pg_catalog.pg_class WHERE relkind IN (%s)) relations
                         GROUP BY range
                         ORDER BY 1
                        """
                                .formatted(RELATIONS_IN_A_RANGE, kinds),
                        row -> row.getLong(1));
        List<Range> ranges = new ArrayList<>();
        long after = 0;
        for (int i = 0; i < lasts.size(); i++) {
            long last = i == lasts.size() - 1 ? LAST_OID : lasts.get(i);
            ranges.add(new Range(after, last));
            after = last;
        }
        return new OidRanges(session, clock, List.copyOf(ranges));
    }

    <T> Facts<T> read(Query<T> query) {
        List<T> rows = new ArrayList<>();
        try {
            for (Range range : ranges) {
                rows.addAll(read(query, range));
            }
        } catch (StatementException failure) {
            return new Facts.Unknown<>(
                    failure.unknownReason().orElseThrow(() -> failure),
                    query.grant(session.dsn().user()));
        }
        return new Facts.Known<>(rows, clock.instant());
    }

    private <T> List<T> read(Query<T> query, Range range) {
        for (int attempt = 1; ; attempt++) {
            try {
                return session.query(query, range.after(), range.last());
            } catch (StatementException failure) {
                if (failure.sqlState().equals(QUERY_CANCELED) && range.canBeHalved()) {
                    return readHalves(query, range);
                }
                if (attempt == ATTEMPTS || !passes(failure)) {
                    throw failure;
                }
            }
        }
    }

    private <T> List<T> readHalves(Query<T> query, Range range) {
        Optional<Long> middle = middle(range);
        long split = middle.orElse(range.after() + (range.last() - range.after()) / 2);
        List<T> rows = new ArrayList<>(read(query, new Range(range.after(), split)));
        rows.addAll(read(query, new Range(split, range.last())));
        return rows;
    }

    private Optional<Long> middle(Range range) {
        return session
                .query(
                        """
                        SELECT pg_catalog.percentile_disc(0.5) WITHIN GROUP (ORDER BY oid::bigint)
                          FROM pg_catalog.pg_class
                         WHERE oid > ?::bigint::pg_catalog.oid AND oid <= ?::bigint::pg_catalog.oid
                        HAVING count(*) > 1
                        """,
                        row -> row.getLong(1),
                        range.after(),
                        range.last())
                .stream()
                .filter(oid -> oid > range.after() && oid < range.last())
                .findFirst();
    }

    /** Whether another attempt will see the lock, or no longer see the dropped relation. */
    private static boolean passes(StatementException failure) {
        return switch (failure.sqlState()) {
            case LOCK_NOT_AVAILABLE, INTERNAL_ERROR, UNDEFINED_TABLE, UNDEFINED_OBJECT -> true;
            default -> false;
        };
    }
}
