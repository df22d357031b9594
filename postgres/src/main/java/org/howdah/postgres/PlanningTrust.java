package org.howdah.postgres;

/**
 * Whether a statement may be planned with the rights of this session. The planner computes
 * immutable functions of constants and estimates with stable ones, so that a statement which a role
 * without rights has run would run that role's code with the rights of a superuser; SET ROLE does
 * not help, since the code can reset it. Doubts are refusals.
 *
 * <p>Two rules look wider than they need be, and are not. Others' views are refused although
 * pg_depend tells what their definitions call: it does not tell of the server's own functions, some
 * of which read whatever they are told to ({@code table_to_xml} is stable, so it runs to be
 * estimated), and a view is replaced faster than anything else. Others' casts and checks of domains
 * are refused even where their function is volatile, which the planner would not compute: a literal
 * of an array or a row makes its elements' domain check itself, whatever its volatility, and a
 * volatile function in SQL is inlined and what it calls computed.
 *
 * <p>Nothing is refused in a session whose role has no such rights. Source: section "Function
 * Volatility Categories", https://www.postgresql.org/docs/current/xfunc-volatility.html.
 */
final class PlanningTrust {
    /**
     * Parameters: names called, operators, all names, what is unclear. Code is untrusted if its
     * owner may not do all that this session may, or if it depends on such code. The dependencies
     * of expressions are recorded in pg_depend; a cast, a type's check or a range's function is
     * called without being named and therefore bars every statement.
     */
    private static final String CULPRITS =
            """
            WITH RECURSIVE spoken AS (
                SELECT ?::text[]::name[] AS called, ?::text[]::name[] AS operators,
                       ?::text[]::name[] AS names, ?::text[] AS unclear
            ), others AS (
                SELECT oid, rolname FROM pg_catalog.pg_roles
                 WHERE NOT rolsuper AND rolname <> SESSION_USER
            ), code(classid, objid, culprit) AS (
                SELECT * FROM (
                    SELECT 'pg_catalog.pg_proc'::regclass::oid, p.oid,
                           p.proname::text || ', which belongs to role ' || r.rolname
                      FROM pg_catalog.pg_proc p JOIN others r ON r.oid = p.proowner
                     UNION ALL
                    SELECT 'pg_catalog.pg_operator'::regclass::oid, o.oid,
                           o.oprname::text || ', which belongs to role ' || r.rolname
                      FROM pg_catalog.pg_operator o JOIN others r ON r.oid = o.oprowner) own
                 UNION
                SELECT d.classid, d.objid, c.culprit
                  FROM code c
                  JOIN pg_catalog.pg_depend d
                    ON d.refclassid = c.classid AND d.refobjid = c.objid
                 WHERE d.classid IN ('pg_catalog.pg_proc'::regclass,
                                     'pg_catalog.pg_operator'::regclass)
            ), stored AS (
                SELECT d.classid, d.objid, c.culprit
                  FROM code c
                  JOIN pg_catalog.pg_depend d
                    ON d.refclassid = c.classid AND d.refobjid = c.objid
            ), reached(oid) AS (
                SELECT c.oid FROM pg_catalog.pg_class c, spoken s WHERE c.relname = ANY (s.names)
                 UNION
                SELECT next.oid
                  FROM reached r, LATERAL (
                    SELECT i.inhrelid FROM pg_catalog.pg_inherits i WHERE i.inhparent = r.oid
                     UNION ALL
                    SELECT d.refobjid
                      FROM pg_catalog.pg_rewrite w
                      JOIN pg_catalog.pg_depend d
                        ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid
                       AND d.refclassid = 'pg_catalog.pg_class'::regclass
                     WHERE w.ev_class = r.oid) next(oid)
            ), expressions(relation, culprit) AS (
                SELECT i.indrelid, s.culprit FROM stored s
                  JOIN pg_catalog.pg_index i ON i.indexrelid = s.objid
                 WHERE s.classid = 'pg_catalog.pg_class'::regclass
                 UNION ALL
                SELECT s.objid, s.culprit FROM stored s
                 WHERE s.classid = 'pg_catalog.pg_class'::regclass
                 UNION ALL
                SELECT c.conrelid, s.culprit FROM stored s
                  JOIN pg_catalog.pg_constraint c ON c.oid = s.objid
                 WHERE s.classid = 'pg_catalog.pg_constraint'::regclass
                 UNION ALL
                SELECT a.adrelid, s.culprit FROM stored s
                  JOIN pg_catalog.pg_attrdef a ON a.oid = s.objid
                 WHERE s.classid = 'pg_catalog.pg_attrdef'::regclass
                 UNION ALL
                SELECT x.stxrelid, s.culprit FROM stored s
                  JOIN pg_catalog.pg_statistic_ext x ON x.oid = s.objid
                 WHERE s.classid = 'pg_catalog.pg_statistic_ext'::regclass
                 UNION ALL
                SELECT p.polrelid, s.culprit FROM stored s
                  JOIN pg_catalog.pg_policy p ON p.oid = s.objid
                 WHERE s.classid = 'pg_catalog.pg_policy'::regclass
                 UNION ALL
                SELECT w.ev_class, s.culprit FROM stored s
                  JOIN pg_catalog.pg_rewrite w ON w.oid = s.objid
                 WHERE s.classid = 'pg_catalog.pg_rewrite'::regclass
            ), culprits(culprit) AS (
                SELECT 'function ' || c.culprit
                  FROM code c JOIN pg_catalog.pg_proc p ON p.oid = c.objid, spoken s
                 WHERE c.classid = 'pg_catalog.pg_proc'::regclass AND p.proname = ANY (s.called)
                 UNION ALL
                SELECT 'operator ' || c.culprit
                  FROM code c JOIN pg_catalog.pg_operator o ON o.oid = c.objid, spoken s
                 WHERE c.classid = 'pg_catalog.pg_operator'::regclass
                   AND o.oprname = ANY (s.operators)
                 UNION ALL
                SELECT 'what is behind ' || c.relname || ', which belongs to role ' || o.rolname
                  FROM reached r
                  JOIN pg_catalog.pg_class c ON c.oid = r.oid
                  JOIN others o ON o.oid = c.relowner
                 WHERE c.relkind IN ('v', 'f') OR (c.relhasrules AND c.relkind <> 'm')
                 UNION ALL
                SELECT e.culprit FROM expressions e JOIN reached r ON r.oid = e.relation
                 UNION ALL
                SELECT s.culprit FROM stored s
                 WHERE s.classid IN ('pg_catalog.pg_cast'::regclass, 'pg_catalog.pg_type'::regclass)
                 UNION ALL
                SELECT s.culprit FROM stored s
                  JOIN pg_catalog.pg_constraint c ON c.oid = s.objid
                 WHERE s.classid = 'pg_catalog.pg_constraint'::regclass AND c.contypid <> 0
                 UNION ALL
                -- These read any table or view, or a type, that a string names.
                SELECT name || ', which reads whatever it is told to'
                  FROM spoken s, pg_catalog.unnest(s.called) name
                 WHERE name::text ~ '_to_xml' OR name::text ~ '^pg_input_'
                 UNION ALL
                -- A body that was not parsed in advance finds the others' code on the path.
                SELECT 'function ' || c.culprit
                  FROM spoken s
                  JOIN pg_catalog.pg_proc p ON p.proname = ANY (s.called)
                  JOIN pg_catalog.pg_language l ON l.oid = p.prolang
                  JOIN code c ON c.classid = 'pg_catalog.pg_proc'::regclass
                  JOIN pg_catalog.pg_proc f ON f.oid = c.objid
                  JOIN pg_catalog.pg_namespace n ON n.oid = f.pronamespace
                 WHERE p.pronamespace <> 'pg_catalog'::regnamespace
                   AND l.lanname NOT IN ('internal', 'c')
                   AND p.prosqlbody IS NULL
                   AND pg_catalog.array_to_string(COALESCE(p.proconfig, '{}'), ' ')
                       !~ 'search_path='
                   AND n.nspname = ANY (pg_catalog.current_schemas(false))
                 UNION ALL
                SELECT 'what cannot be told from ' || u
                  FROM spoken s, pg_catalog.unnest(s.unclear) u
            )
            SELECT pg_catalog.min(culprit) FROM culprits
             WHERE EXISTS (
                SELECT FROM pg_catalog.pg_roles r
                 WHERE (r.rolsuper OR r.rolname IN ('pg_execute_server_program',
                                                    'pg_write_server_files'))
                   AND pg_catalog.pg_has_role(SESSION_USER, r.oid, 'MEMBER'))
            HAVING pg_catalog.count(*) > 0
            """;

    private PlanningTrust() {}

    static void require(Session session, SpokenNames names) {
        session
                .query(
                        CULPRITS,
                        row -> row.getString(1),
                        names.called().toArray(String[]::new),
                        names.operators().toArray(String[]::new),
                        names.all().toArray(String[]::new),
                        names.unclear().toArray(String[]::new))
                .stream()
                .findFirst()
                .ifPresent(culprit -> {
                    throw new UntrustedStatementException(culprit);
                });
    }
}
