package org.howdah.postgres;

/**
 * What is true of one database: its relations, indexes, columns, constraints, sequences,
 * extensions.
 */
public record DatabaseFacts(String name) {
    static DatabaseFacts read(Session session) {
        return new DatabaseFacts(session.dsn().database());
    }
}
