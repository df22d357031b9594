package org.howdah.postgres;

import java.time.Duration;

/**
 * A transaction that was prepared (two-phase commit) and is neither committed nor rolled back.
 *
 * @param xidAge transactions started since it got its number
 */
public record PreparedTransactionFact(
        String identifier, String owner, String database, Duration preparedFor, long xidAge) {

    // https://www.postgresql.org/docs/current/view-pg-prepared-xacts.html
    public static final Query<PreparedTransactionFact> QUERY =
            Query.of(
                    PreparedTransactionFact.class,
                    """
                    SELECT gid AS identifier, owner, database,
                           extract(epoch FROM clock_timestamp() - prepared) AS prepared_for,
                           age(transaction) AS xid_age
                      FROM pg_catalog.pg_prepared_xacts
                     ORDER BY prepared
                    """);
}
