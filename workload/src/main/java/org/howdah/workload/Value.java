package org.howdah.workload;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** The value of a parameter in one request. */
public sealed interface Value {

    /** Binds the value at the position, counted from 1. */
    void bind(PreparedStatement statement, int position) throws SQLException;

    /** As SQL, for plans and reports. */
    String literal();

    /** A bigint. */
    record Whole(long value) implements Value {
        @Override
        public void bind(PreparedStatement statement, int position) throws SQLException {
            statement.setLong(position, value);
        }

        @Override
        public String literal() {
            return Long.toString(value);
        }
    }

    /** An integer. */
    record Int(int value) implements Value {
        @Override
        public void bind(PreparedStatement statement, int position) throws SQLException {
            statement.setInt(position, value);
        }

        @Override
        public String literal() {
            return Integer.toString(value);
        }
    }

    /** A text. */
    record Text(String value) implements Value {
        @Override
        public void bind(PreparedStatement statement, int position) throws SQLException {
            statement.setString(position, value);
        }

        @Override
        public String literal() {
            return "'" + value.replace("'", "''") + "'";
        }
    }

    /** A timestamp with time zone. */
    record Moment(Instant value) implements Value {
        @Override
        public void bind(PreparedStatement statement, int position) throws SQLException {
            statement.setObject(position, value.atOffset(ZoneOffset.UTC));
        }

        @Override
        public String literal() {
            return "timestamptz '" + value + "'";
        }
    }

    /** An array of bigint. */
    record Wholes(List<Long> values) implements Value {
        public Wholes {
            values = List.copyOf(values);
        }

        @Override
        public void bind(PreparedStatement statement, int position) throws SQLException {
            statement.setObject(position, values.stream().mapToLong(Long::longValue).toArray());
        }

        @Override
        public String literal() {
            return values.stream()
                    .map(value -> Long.toString(value))
                    .collect(Collectors.joining(",", "'{", "}'::bigint[]"));
        }
    }

    /** NULL; the statement says of which type. */
    record None() implements Value {
        @Override
        public void bind(PreparedStatement statement, int position) throws SQLException {
            statement.setNull(position, Types.VARCHAR);
        }

        @Override
        public String literal() {
            return "NULL";
        }
    }
}
