package org.howdah.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Asks a server how its session stands: what is set, and what there is in it that pins. Texts come
 * in hexadecimal digits, so that the session's encoding does not matter. All names and operators
 * are qualified, since the session's {@code search_path} is its user's.
 */
final class Examination {

    private static final String LOCKS =
            exists(
                    Pin.ADVISORY_LOCK,
                    "pg_catalog.pg_locks WHERE locktype OPERATOR(pg_catalog.=) 'advisory' AND pid"
                            + " OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()");

    /** What depends on the temporary schema is what the server itself removes at the end. */
    private static final String TEMPORARY =
            exists(
                    Pin.TEMPORARY_OBJECT,
                    "pg_catalog.pg_depend WHERE refclassid OPERATOR(pg_catalog.=)"
                            + " 'pg_catalog.pg_namespace'::pg_catalog.regclass AND refobjid"
                            + " OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()");

    private static final String CURSORS =
            exists(Pin.HELD_CURSOR, "pg_catalog.pg_cursors WHERE is_holdable");
    private static final String STATEMENTS =
            exists(Pin.SQL_PREPARED, "pg_catalog.pg_prepared_statements WHERE from_sql");
    private static final String CHANNELS =
            exists(Pin.LISTENING, "pg_catalog.pg_listening_channels()");
    private static final String SLOTS =
            exists(
                    Pin.TEMPORARY_SLOT,
                    "pg_catalog.pg_replication_slots WHERE temporary AND active_pid"
                            + " OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()");

    private static final String SETTINGS =
            "SELECT 'SETTING',"
                    + hex("name")
                    + ","
                    + hex("setting")
                    + " FROM pg_catalog.pg_settings WHERE source OPERATOR(pg_catalog.=) 'session'"
                    + " AND name NOT IN ('transaction_isolation','transaction_read_only',"
                    + "'transaction_deferrable');"
                    + "SELECT 'SETTING',"
                    + hex("'role'")
                    + ","
                    + hex("pg_catalog.current_setting('role')")
                    + " WHERE pg_catalog.current_setting('role') OPERATOR(pg_catalog.<>) 'none';";

    private Examination() {}

    private static String exists(Pin pin, String source) {
        return "SELECT '" + pin + "' WHERE EXISTS (SELECT FROM " + source + ");";
    }

    private static String hex(String text) {
        return "pg_catalog.encode(pg_catalog.convert_to(" + text + ",'UTF8'),'hex')";
    }

    /**
     * The questions.
     *
     * @param doubts what is asked for
     * @param login whom the connection belongs to
     * @param customSettings names that the list of settings does not have
     */
    static String sql(int doubts, String login, Collection<String> customSettings) {
        StringBuilder sql = new StringBuilder();
        if ((doubts & Effects.SETTINGS) != 0) {
            sql.append(SETTINGS);
            sql.append("SELECT 'SETTING',")
                    .append(hex("'session_authorization'"))
                    .append(',')
                    .append(hex("session_user"))
                    .append(" WHERE session_user OPERATOR(pg_catalog.<>) ")
                    .append(SqlLiteral.string(login))
                    .append("::pg_catalog.name;");
            for (String name : customSettings) {
                custom(sql, SqlLiteral.string(name));
            }
        }
        append(sql, doubts, Effects.LOCKS, LOCKS);
        append(sql, doubts, Effects.TEMPORARY, TEMPORARY);
        append(sql, doubts, Effects.CURSORS, CURSORS);
        append(sql, doubts, Effects.STATEMENTS, STATEMENTS);
        append(sql, doubts, Effects.CHANNELS, CHANNELS);
        append(sql, doubts, Effects.SLOTS, SLOTS);
        return sql.toString();
    }

    private static void custom(StringBuilder sql, String name) {
        String value = "pg_catalog.current_setting(" + name + ",true)";
        sql.append("SELECT 'SETTING',")
                .append(hex(name))
                .append(',')
                .append(hex(value))
                .append(" WHERE ")
                .append(value)
                .append(" OPERATOR(pg_catalog.<>) '';");
    }

    private static void append(StringBuilder sql, int doubts, int doubt, String question) {
        if ((doubts & doubt) != 0) {
            sql.append(question);
        }
    }

    /** What the answer says is set: values by names in lower case. */
    static Map<String, String> values(List<List<Optional<String>>> rows) {
        Map<String, String> values = new TreeMap<>();
        for (List<Optional<String>> row : rows) {
            if (row.size() == 3 && row.getFirst().orElse("").equals("SETTING")) {
                values.put(text(row.get(1)).toLowerCase(Locale.ROOT), text(row.get(2)));
            }
        }
        return values;
    }

    private static String text(Optional<String> hex) {
        return new String(HexFormat.of().parseHex(hex.orElse("")), StandardCharsets.UTF_8);
    }

    /** What the answer says there is, as a set of pins. */
    static int pins(List<List<Optional<String>>> rows) {
        int pins = 0;
        for (List<Optional<String>> row : rows) {
            String kind = row.getFirst().orElse("");
            pins |= row.size() == 1 && !kind.isEmpty() ? Pin.valueOf(kind).bit() : 0;
        }
        return pins;
    }
}
