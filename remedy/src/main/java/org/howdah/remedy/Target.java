package org.howdah.remedy;

import org.howdah.postgres.Dsn;

/**
 * The cluster that remedies are run on.
 *
 * @param cluster its name in the journal
 * @param writer how to reach the writer; the database is replaced by each remedy's own
 */
public record Target(String cluster, Dsn writer) {
    Dsn of(String database) {
        return database.isEmpty() ? writer : writer.withDatabase(database);
    }
}
