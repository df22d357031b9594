package org.howdah.postgres;

import java.util.Optional;

/**
 * One setting as it is in force.
 *
 * @param value in {@code unit}
 * @param unit {@code 8kB}, {@code kB}, {@code ms} ...; none for plain values
 * @param context {@code postmaster} needs a restart, {@code sighup} a reload
 */
public record SettingFact(
        String name,
        String value,
        Optional<String> unit,
        String context,
        String source,
        Optional<String> bootValue,
        boolean pendingRestart) {
    // https://www.postgresql.org/docs/current/view-pg-settings.html
    // What our own session has set for itself is not the server's value.
    public static final Query<SettingFact> QUERY =
            Query.of(
                    SettingFact.class,
                    """
                    SELECT name, CASE WHEN source = 'session' THEN reset_val ELSE setting END AS value, unit, context, source, boot_val AS boot_value, pending_restart
                      FROM pg_catalog.pg_settings
                     ORDER BY name
                    """);
}
