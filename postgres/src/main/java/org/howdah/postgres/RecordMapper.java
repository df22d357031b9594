package org.howdah.postgres;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of rows: component {@code deadTuples} is read from column {@code dead_tuples}. A
 * {@code Duration} is read from a number of seconds. A null column is an error unless the component
 * is optional (or a list or map: then empty). A map is read from an array of texts {@code
 * name=value}.
 */
final class RecordMapper<T extends Record> implements RowMapper<T> {
    private final Constructor<T> constructor;
    private final RecordComponent[] components;
    private final String[] columns;

    private RecordMapper(Constructor<T> constructor, RecordComponent[] components) {
        this.constructor = constructor;
        this.components = components;
        this.columns =
                Arrays.stream(components)
                        .map(component -> column(component.getName()))
                        .toArray(String[]::new);
    }

    static <T extends Record> RecordMapper<T> of(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return new RecordMapper<>(constructor, components);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@code deadTuples} becomes {@code dead_tuples}; digits stay with the letters before them. */
    static String column(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    @Override
    public T map(ResultSet row) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] =
                    value(row, columns[i], components[i].getType(), components[i].getGenericType());
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException
                | InstantiationException
                | IllegalAccessException failure) {
            throw new IllegalStateException(
                    "cannot make "
                            + constructor.getDeclaringClass().getSimpleName()
                            + " of "
                            + Arrays.toString(values),
                    failure);
        }
    }

    private static Object value(ResultSet row, String column, Class<?> type, Type generic)
            throws SQLException {
        if (type == Optional.class) {
            Class<?> inner = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
            return Optional.ofNullable(nullable(row, column, inner));
        }
        if (type == OptionalLong.class) {
            long value = row.getLong(column);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
        }
        if (type == OptionalDouble.class) {
            double value = row.getDouble(column);
            return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
        if (type == List.class) {
            return list(
                    row.getArray(column),
                    (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0]);
        }
        if (type == Map.class) {
            return map(row.getArray(column));
        }
        Object value = nullable(row, column, type);
        if (value == null) {
            throw new SQLException("column " + column + " is null and may not be");
        }
        return value;
    }

    private static @Nullable Object nullable(ResultSet row, String column, Class<?> type)
            throws SQLException {
        Object value = scalar(row, column, type);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object scalar(ResultSet row, String column, Class<?> type)
            throws SQLException {
        if (type == String.class) {
            return row.getString(column);
        } else if (type == long.class || type == Long.class) {
            return row.getLong(column);
        } else if (type == int.class || type == Integer.class) {
            return row.getInt(column);
        } else if (type == double.class || type == Double.class) {
            return row.getDouble(column);
        } else if (type == boolean.class || type == Boolean.class) {
            return row.getBoolean(column);
        } else if (type == Instant.class) {
            Timestamp timestamp = row.getTimestamp(column);
            return timestamp == null ? null : timestamp.toInstant();
        } else if (type == Duration.class) {
            return Duration.ofNanos((long) (row.getDouble(column) * 1e9));
        } else if (type == Lsn.class) {
            String text = row.getString(column);
            return text == null ? null : Lsn.parse(text);
        } else if (type.isEnum()) {
            String text = row.getString(column);
            return text == null ? null : constant(type, text);
        }
        throw new SQLException("no mapping for " + type + " of column " + column);
    }

    /** The constant whose name is the text in upper case, spaces and hyphens as underscores. */
    private static Object constant(Class<?> type, String text) throws SQLException {
        String wanted = text.toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(wanted)) {
                return constant;
            }
        }
        throw new SQLException("no " + type.getSimpleName() + " is called " + wanted);
    }

    private static List<?> list(@Nullable Array array, Class<?> element) throws SQLException {
        if (array == null) {
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        for (Object value : (Object[]) array.getArray()) {
            if (element == Long.class) {
                values.add(((Number) value).longValue());
            } else if (element == Integer.class) {
                values.add(((Number) value).intValue());
            } else if (element == Double.class) {
                values.add(((Number) value).doubleValue());
            } else {
                values.add(String.valueOf(value));
            }
        }
        return List.copyOf(values);
    }

    private static Map<String, String> map(@Nullable Array array) throws SQLException {
        Map<String, String> values = new HashMap<>();
        for (Object element : list(array, String.class)) {
            String pair = String.valueOf(element);
            int equals = pair.indexOf('=');
            values.put(
                    equals < 0 ? pair : pair.substring(0, equals),
                    equals < 0 ? "" : pair.substring(equals + 1));
        }
        return Map.copyOf(values);
    }
}
