package org.howdah.proxy;

/**
 * Bounds across pools; 0 means none, except for {@code clients}.
 *
 * @param clients most clients logged in
 * @param databaseServers most server connections of a database
 * @param databaseClients most clients of a database
 * @param userServers most server connections of a user
 * @param userClients most clients of a user
 * @param packetBytes largest message that is read
 */
public record Limits(
        int clients,
        int databaseServers,
        int databaseClients,
        int userServers,
        int userClients,
        int packetBytes) {}
