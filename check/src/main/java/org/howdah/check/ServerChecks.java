package org.howdah.check;

import java.util.List;

/**
 * The checks of the whole server: settings, connections, horizon, replication, statements, roles.
 */
final class ServerChecks {
    private ServerChecks() {}

    static List<Check> all() {
        return List.of();
    }
}
