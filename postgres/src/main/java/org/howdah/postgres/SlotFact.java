package org.howdah.postgres;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A replication slot.
 *
 * @param type {@code physical} or {@code logical}
 * @param retainedBytes WAL that this slot keeps from being removed
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param safeWalBytes how much WAL can be written before the slot may be lost; none where {@code
 *     max_slot_wal_keep_size} sets no limit
 * @param xminAge transactions since the oldest whose rows the slot keeps from vacuum
 * @param catalogXminAge the same for rows of system catalogs
 * @param inactiveFor known from PostgreSQL 17 on
 * @param invalidation why it can no longer be used
 * @param synced whether it is a copy of a slot of the writer (PostgreSQL 17 and later)
 */
public record SlotFact(
        String name,
        Optional<String> plugin,
        String type,
        Optional<String> database,
        boolean temporary,
        boolean active,
        OptionalLong xminAge,
        OptionalLong catalogXminAge,
        Optional<Lsn> restartLsn,
        OptionalLong retainedBytes,
        Optional<String> walStatus,
        OptionalLong safeWalBytes,
        Optional<Duration> inactiveFor,
        Optional<String> invalidation,
        boolean synced) {

    // https://www.postgresql.org/docs/current/view-pg-replication-slots.html
    public static final Query<SlotFact> QUERY =
            Query.of(
                            SlotFact.class,
                            text(
                                    "NULL::float8",
                                    "CASE WHEN wal_status = 'lost' THEN 'wal_removed' END",
                                    "false"))
                    .from(
                            16,
                            text(
                                    "NULL::float8",
                                    "CASE WHEN wal_status = 'lost' THEN 'wal_removed' WHEN conflicting THEN 'conflict' END",
                                    "false"))
                    .from(
                            17,
                            text(
                                    "extract(epoch FROM clock_timestamp() - inactive_since)",
                                    "invalidation_reason",
                                    "synced"));

    private static String text(String inactiveFor, String invalidation, String synced) {
        return """
        SELECT slot_name AS name, plugin, slot_type AS type, database, temporary, active,
               age(xmin) AS xmin_age, age(catalog_xmin) AS catalog_xmin_age, restart_lsn,
               greatest(pg_wal_lsn_diff(
                   CASE WHEN pg_is_in_recovery()
                        THEN coalesce(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                        ELSE pg_current_wal_lsn() END, restart_lsn), 0)::int8 AS retained_bytes,
               wal_status, safe_wal_size AS safe_wal_bytes,
               %s AS inactive_for, %s AS invalidation, %s AS synced
          FROM pg_catalog.pg_replication_slots
         ORDER BY slot_name
        """
                .formatted(inactiveFor, invalidation, synced);
    }
}
