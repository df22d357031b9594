package org.howdah.rehearsal;

import org.howdah.postgres.Query;
import org.howdah.postgres.Session;

/**
 * The server's own counters of this database at one moment; only differences of two say something.
 *
 * @param blocksHit found in shared buffers
 * @param blocksRead asked of the operating system
 */
record Counters(
        long blocksHit,
        long blocksRead,
        long indexBlocksHit,
        long indexBlocksRead,
        long sequentialScans,
        long indexScans) {
    // https://www.postgresql.org/docs/current/monitoring-stats.html
    private static final Query<Counters> QUERY =
            Query.of(
                    Counters.class,
                    """
                    SELECT d.blks_hit AS blocks_hit, d.blks_read AS blocks_read,
                           i.hit AS index_blocks_hit, i.read AS index_blocks_read,
                           t.sequential AS sequential_scans, t.by_index AS index_scans
                      FROM pg_catalog.pg_stat_database d,
                           (SELECT coalesce(pg_catalog.sum(idx_blks_hit), 0)::bigint AS hit,
                                   coalesce(pg_catalog.sum(idx_blks_read), 0)::bigint AS read
                              FROM pg_catalog.pg_statio_user_indexes) i,
                           (SELECT coalesce(pg_catalog.sum(seq_scan), 0)::bigint AS sequential,
                                   coalesce(pg_catalog.sum(idx_scan), 0)::bigint AS by_index
                              FROM pg_catalog.pg_stat_user_tables) t
                     WHERE d.datname = pg_catalog.current_database()
                    """);

    static Counters read(Session session) {
        return session.query(QUERY).getFirst();
    }

    static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0);

    Counters plus(Counters other) {
        return new Counters(
                blocksHit + other.blocksHit,
                blocksRead + other.blocksRead,
                indexBlocksHit + other.indexBlocksHit,
                indexBlocksRead + other.indexBlocksRead,
                sequentialScans + other.sequentialScans,
                indexScans + other.indexScans);
    }

    Counters since(Counters earlier) {
        return new Counters(
                blocksHit - earlier.blocksHit,
                blocksRead - earlier.blocksRead,
                indexBlocksHit - earlier.indexBlocksHit,
                indexBlocksRead - earlier.indexBlocksRead,
                sequentialScans - earlier.sequentialScans,
                indexScans - earlier.indexScans);
    }

    /** 0 to 1. */
    double cacheHitRatio() {
        return ratio(blocksHit, blocksRead);
    }

    /** 0 to 1, of index blocks only. */
    double indexHitRatio() {
        return ratio(indexBlocksHit, indexBlocksRead);
    }

    /** Index scans by all scans, 0 to 1: an inner index scan counts once a loop. */
    double indexScanShare() {
        return ratio(indexScans, sequentialScans);
    }

    private static double ratio(long part, long rest) {
        return part + rest == 0 ? 1 : (double) part / (part + rest);
    }
}
