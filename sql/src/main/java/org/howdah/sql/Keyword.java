package org.howdah.sql;

import java.util.List;
import java.util.Locale;

/**
 * The words that classifying and normalising look at one by one, and some constants for several at
 * once. {@link Keywords} finds them.
 */
enum Keyword {
    /** A word that may be a name anywhere. */
    NONE(Role.NAME),
    /** A reserved word that never ends an operand. */
    BREAK(Role.BREAK),
    /** A reserved word that stands for a value or ends an expression. */
    VALUE(Role.VALUE),
    /** A word that begins a type or a call in SQL's own syntax. */
    TYPE(Role.TYPE),

    // Free as names.
    ABORT,
    ALTER,
    ATOMIC,
    BEGIN,
    CALL,
    CHAIN,
    CHECKPOINT,
    CLOSE,
    CLUSTER,
    COMMENT,
    COMMIT,
    CONSTRAINTS,
    COPY,
    CURSOR,
    DEALLOCATE,
    DECLARE,
    DELETE,
    DISCARD,
    DROP,
    EXECUTE,
    EXPLAIN,
    FUNCTION,
    GLOBAL,
    HOLD,
    IMPORT,
    INSERT,
    KEY,
    LISTEN,
    LOAD,
    LOCAL,
    LOCK,
    MERGE,
    MOVE,
    NO,
    /** One of the forms of Unicode normalization. */
    NORMAL_FORM,
    NORMALIZED,
    NOTIFY,
    PG_TEMP,
    PREPARE,
    PREPARED,
    PROCEDURE,
    PROGRAM,
    READ,
    REASSIGN,
    REFRESH,
    REINDEX,
    RELEASE,
    REPLACE,
    RESET,
    REVOKE,
    ROLLBACK,
    SAVEPOINT,
    SECURITY,
    SESSION,
    SET,
    SHARE,
    SHOW,
    START,
    STDOUT,
    TEMP,
    TEMPORARY,
    TRANSACTION,
    TRUNCATE,
    UNLISTEN,
    UPDATE,
    VACUUM,
    WRITE,
    /** Free as a name, but what follows begins an expression. */
    BY,

    // Reserved.
    ANALYSE(Role.BREAK),
    ANALYZE(Role.BREAK),
    AND(Role.BREAK),
    ARRAY(Role.BREAK),
    AS(Role.BREAK),
    CASE(Role.BREAK),
    CREATE(Role.BREAK),
    DISTINCT(Role.BREAK),
    DO(Role.BREAK),
    ELSE(Role.BREAK),
    EXTRACT(Role.TYPE),
    CAST(Role.TYPE),
    END(Role.VALUE),
    FALSE(Role.VALUE),
    FETCH(Role.BREAK),
    FOR(Role.BREAK),
    FROM(Role.BREAK),
    GRANT(Role.BREAK),
    HAVING(Role.BREAK),
    IN(Role.BREAK),
    INNER(Role.BREAK),
    INTO(Role.BREAK),
    IS(Role.BREAK),
    JOIN(Role.BREAK),
    NOT(Role.BREAK),
    NULL(Role.VALUE),
    ON(Role.BREAK),
    ONLY(Role.BREAK),
    OR(Role.BREAK),
    OUTER(Role.BREAK),
    SELECT(Role.BREAK),
    TABLE(Role.BREAK),
    THEN(Role.BREAK),
    TO(Role.BREAK),
    TRUE(Role.VALUE),
    VALUES(Role.TYPE),
    VERBOSE(Role.BREAK),
    WHEN(Role.BREAK),
    WHERE(Role.BREAK),
    WITH(Role.BREAK);

    /** How a word behaves beside an operator or a parenthesis. */
    enum Role {
        NAME,
        BREAK,
        VALUE,
        TYPE
    }

    private final Role role;

    Keyword() {
        this(Role.NAME);
    }

    Keyword(Role role) {
        this.role = role;
    }

    Role role() {
        return role;
    }

    /** Whether a name that is spelled like this must be quoted. */
    boolean reserved() {
        return role != Role.NAME;
    }

    /**
     * How the word is written, in lower case; for the constants that stand for several those of
     * PostgreSQL 18's words that have none of their own.
     */
    List<String> spellings() {
        return switch (this) {
            case NONE -> List.of();
            case NORMAL_FORM -> List.of("nfc", "nfd", "nfkc", "nfkd");
            case BREAK ->
                    words(
                            """
                            all any asymmetric authorization between binary both check collate collation column concurrently
                            constraint cross default deferrable except foreign freeze full group ilike initially intersect
                            lateral leading left like limit natural offset order overlaps placing primary references returning
                            right similar some symmetric tablesample trailing union unique using variadic window
                            """);
            case VALUE ->
                    words(
                            """
                            asc current_catalog current_date current_role current_schema current_time current_timestamp
                            current_user desc isnull localtime localtimestamp notnull session_user system_user user
                            """);
            case TYPE ->
                    words(
                            """
                            bigint bit boolean char character coalesce dec decimal exists float greatest grouping inout
                            int integer interval json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar
                            json_serialize json_table json_value least merge_action national nchar none normalize nullif numeric out
                            overlay position precision real row setof smallint substring time timestamp treat trim varchar
                            xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
                            """);
            default -> List.of(name().toLowerCase(Locale.ROOT));
        };
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }
}
