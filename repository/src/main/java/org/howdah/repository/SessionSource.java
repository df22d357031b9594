package org.howdah.repository;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.jspecify.annotations.Nullable;

/** Gives the pool connections that are guarded like all others. */
final class SessionSource implements DataSource {
    private final Dsn dsn;
    private final SessionOptions options;

    SessionSource(Dsn dsn, SessionOptions options) {
        this.dsn = dsn;
        this.options = options;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return Session.open(dsn, options).connection();
        } catch (HowdahException failure) {
            throw new SQLTransientConnectionException(failure.getMessage(), "08001", failure);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter writer) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("not a " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
