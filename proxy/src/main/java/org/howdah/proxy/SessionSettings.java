package org.howdah.proxy;

import java.util.Map;
import java.util.TreeMap;

/**
 * What of a session's settings differs from a fresh connection's, each with the SQL that sets it
 * there. Immutable and {@linkplain SettingsShare shared}: equal ones are the same object, so that
 * comparing a client's with a server's costs nothing.
 */
final class SessionSettings {

    static final SessionSettings NONE = new SessionSettings(Map.of());

    /** Nobody knows what is set there. */
    static final SessionSettings UNKNOWN = new SessionSettings(Map.of("*", ""));

    private static final String ROLE = "role";
    private static final String AUTHORIZATION = "session_authorization";

    private final TreeMap<String, String> statements;

    private SessionSettings(Map<String, String> statements) {
        this.statements = new TreeMap<>(statements);
    }

    /** These values by name. */
    static SessionSettings of(Map<String, String> values) {
        SessionSettings settings = NONE;
        for (Map.Entry<String, String> value : values.entrySet()) {
            settings = settings.with(value.getKey(), value.getValue());
        }
        return settings;
    }

    /** With this value of the setting. */
    SessionSettings with(String name, String value) {
        return withStatement(
                name,
                "SELECT pg_catalog.set_config("
                        + SqlLiteral.string(name)
                        + ","
                        + SqlLiteral.string(value)
                        + ",false)");
    }

    /** With what this statement sets the setting to. */
    SessionSettings withStatement(String name, String sql) {
        SessionSettings next = new SessionSettings(statements);
        next.statements.put(name, sql);
        return next;
    }

    SessionSettings without(String name) {
        SessionSettings next = new SessionSettings(statements);
        next.statements.remove(name);
        return next;
    }

    /** These, and those of the others that are not among them. */
    SessionSettings over(SessionSettings base) {
        SessionSettings next = new SessionSettings(base.statements);
        next.statements.putAll(statements);
        return next;
    }

    /** Whether they are the same, both being shared. */
    @SuppressWarnings("ReferenceEquality") // equal ones are one object
    boolean are(SessionSettings other) {
        return this == other;
    }

    boolean has(String name) {
        return statements.containsKey(name);
    }

    Iterable<String> names() {
        return statements.keySet();
    }

    /**
     * After this change.
     *
     * @param base what a reset leads back to
     */
    SessionSettings after(SettingChange change, SessionSettings base) {
        if (change.sql().isPresent()) {
            SessionSettings next = withStatement(change.name(), change.sql().get());
            return change.name().equals(AUTHORIZATION) ? next.without(ROLE) : next;
        }
        if (change.name().equals(SettingChange.ALL)) {
            SessionSettings next = base;
            for (String kept : new String[] {ROLE, AUTHORIZATION}) {
                String statement = statements.get(kept);
                next = statement == null ? next : next.withStatement(kept, statement);
            }
            return next;
        }
        SessionSettings next = without(change.name());
        if (change.name().equals(AUTHORIZATION)) {
            next = next.without(ROLE);
        }
        String again = base.statements.get(change.name());
        return again == null ? next : next.withStatement(change.name(), again);
    }

    /**
     * The SQL that makes a session with the former settings one with these. Roles are left first
     * and taken last: they decide on what may be set.
     */
    String transitionFrom(SessionSettings former) {
        StringBuilder sql = new StringBuilder();
        boolean unknown = former.equals(UNKNOWN);
        if (unknown || former.has(AUTHORIZATION)) {
            sql.append("RESET SESSION AUTHORIZATION;RESET ROLE;");
        } else if (former.has(ROLE)) {
            sql.append("RESET ROLE;");
        }
        if (unknown) {
            sql.append("RESET ALL;");
        } else {
            for (String name : former.statements.keySet()) {
                if (!has(name) && !aboutRoles(name)) {
                    sql.append("RESET ").append(SqlLiteral.dottedName(name)).append(';');
                }
            }
        }
        statements.forEach((name, statement) -> {
            if (!aboutRoles(name) && !statement.equals(former.statements.get(name))) {
                sql.append(statement).append(';');
            }
        });
        for (String name : new String[] {AUTHORIZATION, ROLE}) {
            if (has(name)) {
                sql.append(statements.get(name)).append(';');
            }
        }
        return sql.toString();
    }

    private static boolean aboutRoles(String name) {
        return name.equals(ROLE) || name.equals(AUTHORIZATION);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionSettings settings && statements.equals(settings.statements);
    }

    @Override
    public int hashCode() {
        return statements.hashCode();
    }

    @Override
    public String toString() {
        return statements.values().toString();
    }
}
