package org.howdah.postgres;

import java.time.Instant;

/**
 * The server's counters of transactions and multixacts at a moment by its own clock; reading them
 * uses up no transaction number.
 *
 * @param nextXid 64 bits, with the epoch
 * @param nextMultixact 32 bits, wraps around
 */
record CounterFact(Instant readAt, long nextXid, long nextMultixact) {

    // https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT
    // No function tells the next multixact: its distance from number 1 does.
    static final Query<CounterFact> QUERY =
            Query.of(
                    CounterFact.class,
                    """
                    SELECT clock_timestamp() AS read_at,
                           pg_snapshot_xmax(pg_current_snapshot())::text::int8 AS next_xid,
                           (mxid_age('1'::xid)::int8 + 1) & 4294967295 AS next_multixact
                    """);

    // https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-CONTROLDATA
    static final Query<CounterFact> AT_CHECKPOINT =
            Query.of(
                    CounterFact.class,
                    """
                    SELECT checkpoint_time AS read_at,
                           split_part(next_xid, ':', 1)::int8 << 32 | split_part(next_xid, ':', 2)::int8 AS next_xid,
                           next_multixact_id::text::int8 AS next_multixact
                      FROM pg_catalog.pg_control_checkpoint()
                    """);

    long transactionsUntil(CounterFact later) {
        return later.nextXid - nextXid;
    }

    long multixactsUntil(CounterFact later) {
        return (later.nextMultixact - nextMultixact) & 0xFFFF_FFFFL;
    }
}
