package org.howdah.sql;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which functions make a statement more than a read. No parser can tell: it is known of the
 * server's own functions, and learned from {@code pg_proc} for a database's own ({@link #LEARN}).
 * Names are compared without their schema, so that a function of the same name elsewhere is held
 * for as dangerous; that costs a detour, never a write on a reader. Immutable.
 *
 * <p>Not seen here: functions behind operators, casts, views, row security, domains and column
 * defaults, and functions of a row that are written like its column ({@code t.f}). A reader refuses
 * what they write (SQLSTATE 25006); whoever sends reads there must be ready to send such a
 * statement to the writer.
 */
public final class VolatileFunctions {

    /** What calling a function does. */
    public enum Effect {
        /** Any node may run it. */
        NONE,
        /**
         * It may write, acts on the server, takes a lock by number, or answers truly on the writer
         * only.
         */
        WRITES,
        /** It leaves something in the session, or needs what was left there. */
        SESSION,
        /** It changes a setting. */
        SETTING,
        /** It takes or gives back an advisory lock of the session. */
        ADVISORY,
        /** It tells what the session drew from a sequence. */
        SEQUENCE,
        /** It leaves something in the session that no command takes away. */
        LASTING,
        /** It may create a replication slot that lives as long as the session. */
        SLOT,
        /** It changes the session in ways not known; for a database's own functions. */
        UNKNOWN;

        /** What it says of the statement that calls the function. */
        int features() {
            int session = Feature.VOLATILE_FUNCTION.bit() | Feature.SESSION_STATE.bit();
            return switch (this) {
                case NONE -> 0;
                case WRITES -> Feature.VOLATILE_FUNCTION.bit();
                case SESSION -> session;
                case SETTING -> session | Feature.SETTING_FUNCTION.bit();
                case ADVISORY -> session | Feature.ADVISORY_LOCK.bit();
                case SEQUENCE -> session | Feature.SEQUENCE_VALUE.bit();
                case LASTING -> session | Feature.LASTING.bit();
                case SLOT -> Feature.VOLATILE_FUNCTION.bit() | Feature.TEMPORARY_SLOT.bit();
                case UNKNOWN -> session | Feature.SESSION_FUNCTION.bit();
            };
        }
    }

    /**
     * A query for the names that {@link #and} takes: functions and aggregates outside pg_catalog
     * that may write.
     *
     * <p>Source: https://www.postgresql.org/docs/current/catalog-pg-proc.html, column provolatile;
     * an aggregate is declared immutable whatever its transition function does.
     */
    public static final String LEARN =
            """
            SELECT DISTINCT p.proname
              FROM pg_catalog.pg_proc p
              LEFT JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
              LEFT JOIN pg_catalog.pg_proc t ON t.oid IN (a.aggtransfn, a.aggfinalfn)
             WHERE p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace
               AND (p.provolatile = 'v' OR t.provolatile = 'v')
             ORDER BY 1
            """;

    private static final VolatileFunctions BUILT_IN =
            new VolatileFunctions(builtInEntries(), Effect.NONE);

    private final Map<String, Effect> entries;
    private final FunctionNames names;
    private final Effect unknown;

    private VolatileFunctions(Map<String, Effect> entries, Effect unknown) {
        this.entries = Map.copyOf(entries);
        this.names = new FunctionNames(entries);
        this.unknown = unknown;
    }

    /**
     * The server's own functions and those of its contrib modules; any other function is held for
     * harmless.
     */
    public static VolatileFunctions builtIn() {
        return BUILT_IN;
    }

    /** With these functions, which may write: names as in pg_proc, without schema. */
    public VolatileFunctions and(Collection<String> mayWrite) {
        var all = new HashMap<>(entries);
        mayWrite.forEach(name ->
                all.merge(name, Effect.WRITES, (had, more) -> had == Effect.NONE ? more : had));
        return new VolatileFunctions(all, unknown);
    }

    /** With these functions, which may change the session: names as in pg_proc, without schema. */
    public VolatileFunctions andOfSession(Collection<String> mayChangeSession) {
        var all = new HashMap<>(entries);
        mayChangeSession.forEach(name -> all.put(name, Effect.UNKNOWN));
        return new VolatileFunctions(all, unknown);
    }

    /**
     * Turned round: a function that is in none of the lists may write. For databases of which not
     * everything could be read.
     *
     * @param harmless names as in pg_proc, without schema, of functions that are known not to write
     */
    public VolatileFunctions trustingOnly(Collection<String> harmless) {
        var all = new HashMap<>(entries);
        harmless.forEach(name -> all.putIfAbsent(name, Effect.NONE));
        BuiltInFunctions.HARMLESS.forEach(name -> all.putIfAbsent(name, Effect.NONE));
        BuiltInFunctions.GRAMMAR.forEach(name -> all.putIfAbsent(name, Effect.NONE));
        return new VolatileFunctions(all, Effect.WRITES);
    }

    /** What calling an unquoted name does, which a lexer stands on. */
    Effect ofWord(byte[] text, int start, int end, int hash, Keyword keyword) {
        if (end - start > MAX_NAME_BYTES) {
            return Effect.WRITES;
        }
        // IN (...), VALUES (...), numeric(10, 2): nobody can make functions of these names.
        return names.effect(
                text, start, end, hash, false, keyword.reserved() ? Effect.NONE : unknown);
    }

    /** What calling a quoted name does; the quotes lie outside start and end. */
    Effect ofQuoted(byte[] text, int start, int end) {
        // A quote inside the name is written twice, and a longer name is cut by the server: neither
        // is worth decoding.
        if (end - start > MAX_NAME_BYTES || contains(text, start, end, (byte) '"')) {
            return Effect.WRITES;
        }
        return names.effect(text, start, end, Characters.hash(text, start, end), true, unknown);
    }

    /** NAMEDATALEN - 1. */
    private static final int MAX_NAME_BYTES = 63;

    private static boolean contains(byte[] text, int start, int end, byte wanted) {
        for (int i = start; i < end; i++) {
            if (text[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, Effect> builtInEntries() {
        var entries = new HashMap<String, Effect>();
        BuiltInFunctions.WRITES.forEach(name -> entries.put(name, Effect.WRITES));
        BuiltInFunctions.SESSION.forEach(name -> entries.put(name, Effect.SESSION));
        BuiltInFunctions.SETTING.forEach(name -> entries.put(name, Effect.SETTING));
        BuiltInFunctions.ADVISORY.forEach(name -> entries.put(name, Effect.ADVISORY));
        BuiltInFunctions.SEQUENCE.forEach(name -> entries.put(name, Effect.SEQUENCE));
        BuiltInFunctions.LASTING.forEach(name -> entries.put(name, Effect.LASTING));
        BuiltInFunctions.SLOT.forEach(name -> entries.put(name, Effect.SLOT));
        return entries;
    }
}
