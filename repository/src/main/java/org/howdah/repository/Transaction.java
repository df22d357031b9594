package org.howdah.repository;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Query;
import org.howdah.postgres.RowMapper;
import org.howdah.postgres.ServerVersion;
import org.jspecify.annotations.Nullable;

/**
 * What can be done inside one transaction of the repository. Parameters may be strings, numbers,
 * booleans, UUIDs, enums (by name), instants, collections of strings (as {@code text[]}) and
 * optionals of these (null where empty).
 */
public final class Transaction {
    private final Connection connection;
    private final Dsn dsn;
    private final ServerVersion version;

    Transaction(Connection connection, Dsn dsn, ServerVersion version) {
        this.connection = connection;
        this.dsn = dsn;
        this.version = version;
    }

    public <T> List<T> query(Query<T> query, Object... parameters) {
        return query(query.text(version), query.mapper(), parameters);
    }

    public <T> List<T> query(String sql, RowMapper<T> mapper, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet row = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(mapper.map(row));
            }
            return rows;
        } catch (SQLException failure) {
            throw RepositoryException.of(dsn, failure);
        }
    }

    /** The only row of a statement that always gives one: a count, INSERT ... RETURNING. */
    public <T> T one(String sql, RowMapper<T> mapper, Object... parameters) {
        List<T> rows = query(sql, mapper, parameters);
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows where one is expected: " + sql);
        }
        return rows.getFirst();
    }

    /** The number of rows that changed. */
    public int update(String sql, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw RepositoryException.of(dsn, failure);
        }
    }

    /** Statements without parameters; several may be separated by semicolons. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException failure) {
            throw RepositoryException.of(dsn, failure);
        }
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, value(parameters[i]));
        }
        return statement;
    }

    private @Nullable Object value(Object parameter) throws SQLException {
        return switch (parameter) {
            case Optional<?> optional -> optional.isEmpty() ? null : value(optional.get());
            case OptionalLong optional -> optional.isEmpty() ? null : optional.getAsLong();
            case OptionalInt optional -> optional.isEmpty() ? null : optional.getAsInt();
            case OptionalDouble optional -> optional.isEmpty() ? null : optional.getAsDouble();
            case Instant instant -> Timestamp.from(instant);
            case Enum<?> constant -> constant.name();
            case Collection<?> texts -> connection.createArrayOf("text", texts.toArray());
            default -> parameter;
        };
    }
}
