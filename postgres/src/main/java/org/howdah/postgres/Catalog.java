package org.howdah.postgres;

/**
 * Everything that was read from one database of one node at one moment; nothing in it reads again.
 *
 * @param node the address that was read, without credentials
 */
public record Catalog(
        String node,
        ServerVersion version,
        boolean inRecovery,
        ServerFacts server,
        DatabaseFacts database) {
    /** Reads all facts, a fixed number of queries whatever the number of tables. */
    public static Catalog read(Session session) {
        boolean inRecovery =
                session.one("SELECT pg_catalog.pg_is_in_recovery()", row -> row.getBoolean(1));
        return new Catalog(
                session.dsn().toString(),
                session.version(),
                inRecovery,
                ServerFacts.read(session),
                DatabaseFacts.read(session));
    }
}
