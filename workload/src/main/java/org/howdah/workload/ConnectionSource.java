package org.howdah.workload;

import java.sql.Connection;
import java.sql.SQLException;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;

/** Where connections come from: a server, a proxy, a pool. Safe to use from several threads. */
@FunctionalInterface
public interface ConnectionSource {

    /** Opens a connection in autocommit mode; who asks closes it. */
    Connection open() throws SQLException;

    /**
     * Straight to a server: no statement timeout, an empty search path, {@code application_name}
     * {@code howdah/workload}.
     */
    static ConnectionSource of(Dsn dsn) {
        return () -> Session.open(dsn, SessionOptions.watched("workload")).connection();
    }
}
