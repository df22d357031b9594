package org.howdah.postgres;

import java.nio.file.Path;

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
    /**
     * Reads all facts, a fixed number of queries whatever the number of tables; the hardware is
     * known where the server runs on this machine.
     */
    public static Catalog read(Session session) {
        return read(session, Hardware.unknown());
    }

    /**
     * @param given what the user says of the server's machine; what it leaves open is looked for on
     *     this one
     */
    public static Catalog read(Session session, Hardware given) {
        boolean inRecovery =
                session.one("SELECT pg_catalog.pg_is_in_recovery()", row -> row.getBoolean(1));
        Hardware hardware = given.or(new LocalHardware(Path.of("/")).of(session));
        ServerReader reader = ServerReader.start(session);
        DatabaseFacts database = DatabaseFacts.read(session);
        return new Catalog(
                session.dsn().toString(),
                session.version(),
                inRecovery,
                reader.read(hardware),
                database);
    }
}
