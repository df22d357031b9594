package org.howdah.postgres;

import java.util.Optional;

/**
 * A vacuum that runs now.
 *
 * @param table none where it belongs to another database than the one that was read
 * @param phase {@code scanning heap}, {@code vacuuming indexes} ...
 * @param indexPasses how often all indexes were gone through: more than one means too little memory
 */
public record VacuumProgressFact(
        int pid,
        String database,
        Optional<String> table,
        String phase,
        long heapBlocks,
        long scannedBlocks,
        long vacuumedBlocks,
        long indexPasses) {

    // https://www.postgresql.org/docs/current/progress-reporting.html#VACUUM-PROGRESS-REPORTING
    public static final Query<VacuumProgressFact> QUERY =
            Query.of(
                    VacuumProgressFact.class,
                    """
                    SELECT p.pid, p.datname AS database, n.nspname || '.' || c.relname AS table,
                           p.phase, p.heap_blks_total AS heap_blocks, p.heap_blks_scanned AS scanned_blocks,
                           p.heap_blks_vacuumed AS vacuumed_blocks, p.index_vacuum_count AS index_passes
                      FROM pg_catalog.pg_stat_progress_vacuum p
                      LEFT JOIN pg_catalog.pg_class c
                             ON c.oid = p.relid AND p.datname = pg_catalog.current_database()
                      LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                     ORDER BY p.pid
                    """);
}
