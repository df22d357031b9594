package org.howdah.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.howdah.sql.VolatileFunctions;

/**
 * What is known of a database's own functions: which of them may change the session that calls
 * them, by what their source says or by calling another that does. Read when the first connection
 * of the database is made and after each statement that defines functions. For all loops.
 *
 * <p>Not seen: functions behind triggers, operators, casts and views; functions in C; what somebody
 * defines who does not come through this proxy, until it is read again.
 */
final class FunctionCatalog {

    /**
     * A row for each function outside of extensions: its name, whether its source has something
     * that changes sessions, which names it calls, and which settings with a dot it sets. Comments
     * and settings for the transaction only are taken away first.
     *
     * <p>Source: https://www.postgresql.org/docs/current/catalog-pg-proc.html
     */
    static final String LEARN =
            """
            SELECT s.name,
                   s.foreign_language OR s.body ~* ('\\m(set_config|set_limit|setseed|dblink_\\w+|listen|unlisten|execute|prepare'
                          || '|deallocate|discard|temp|temporary|pg_temp|reset|hold|pg_replication_origin_session_setup'
                          || '|pg_(try_)?advisory_(un)?lock\\w*|pg_create_\\w+_replication_slot)\\M'
                          || '|(^|;|\\mbegin\\M|\\mthen\\M|\\melse\\M|\\mloop\\M|''|\\$)\\s*(set|load)\\s'),
                   (SELECT pg_catalog.string_agg(DISTINCT pg_catalog.lower(c.word[1]), ' ')
                      FROM pg_catalog.regexp_matches(s.body, '([[:alpha:]_][\\w$]*)"?\\s*\\(', 'g') AS c(word)),
                   (SELECT pg_catalog.string_agg(DISTINCT pg_catalog.lower(c.word[2]), ' ')
                      FROM pg_catalog.regexp_matches(s.body,
                           '(set_config\\s*\\(\\s*''|\\mset\\s+)([[:alpha:]_][\\w$]*\\.[\\w$.]+)', 'gi') AS c(word))
              FROM (SELECT p.proname AS name, l.lanname NOT IN ('sql', 'plpgsql', 'c', 'internal') AS foreign_language,
                           pg_catalog.left(pg_catalog.regexp_replace(pg_catalog.regexp_replace(
                                   coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc), '--[^\\n]*', '', 'g'),
                                   'set_config\\s*\\([^()]*,\\s*true\\s*\\)', '', 'gi'), 100000) AS body
                      FROM pg_catalog.pg_proc p
                      JOIN pg_catalog.pg_language l ON l.oid OPERATOR(pg_catalog.=) p.prolang
                     WHERE p.pronamespace NOT IN ('pg_catalog'::pg_catalog.regnamespace,
                                                  'information_schema'::pg_catalog.regnamespace)
                       AND p.prorettype OPERATOR(pg_catalog.<>) 'trigger'::pg_catalog.regtype
                       AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                        WHERE d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
                                          AND d.objid OPERATOR(pg_catalog.=) p.oid
                                          AND d.deptype OPERATOR(pg_catalog.=) 'e')) s
            """;

    private static final Pattern CALL =
            Pattern.compile("set_config\\s*\\(\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONSTANT = Pattern.compile("'{1,2}([^'\\\\]+)'{1,2}\\s*,");
    private static final Pattern SET =
            Pattern.compile(
                    "\\bset\\s+(?:session\\s+)?([\\w$.]+\\.[\\w$]+)\\s*(?:=|to\\b)",
                    Pattern.CASE_INSENSITIVE);

    private final CustomSettings customSettings = new CustomSettings();
    private volatile VolatileFunctions known = VolatileFunctions.builtIn();
    private volatile boolean learned;

    /** With those that change the session; another object when something was learned. */
    VolatileFunctions known() {
        return known;
    }

    CustomSettings customSettings() {
        return customSettings;
    }

    /** Whether it was read at all. */
    boolean learned() {
        return learned;
    }

    /**
     * Takes note of all settings that this piece of code sets; false when a name is not told in it.
     */
    boolean noteSettings(String code) {
        boolean all = true;
        Matcher call = CALL.matcher(code);
        while (call.find()) {
            Matcher constant = CONSTANT.matcher(code).region(call.end(), code.length());
            all &= constant.lookingAt() && customSettings.note(lower(constant.group(1)));
        }
        Matcher set = SET.matcher(code);
        while (set.find()) {
            all &= customSettings.note(lower(set.group(1)));
        }
        return all;
    }

    private static String lower(String name) {
        return name.toLowerCase(java.util.Locale.ROOT);
    }

    /** Functions may have changed and nobody has looked. */
    void learnAgain() {
        learned = false;
    }

    /** They cannot be read: the server's own are known at least. */
    void learnNothing() {
        learned = true;
    }

    /** Takes the answer to {@link #LEARN}. */
    void learn(List<List<Optional<String>>> rows) {
        Map<String, Set<String>> callers = new HashMap<>();
        List<String> found = new ArrayList<>();
        Set<String> dangerous = new HashSet<>();
        for (List<Optional<String>> row : rows) {
            String name = row.get(0).orElse("");
            for (String called : row.get(2).orElse("").split(" ", -1)) {
                callers.computeIfAbsent(called, none -> new HashSet<>()).add(name);
            }
            for (String setting : row.get(3).orElse("").split(" ", -1)) {
                customSettings.note(setting);
            }
            if (row.get(1).orElse("t").equals("t") && dangerous.add(name)) {
                found.add(name);
            }
        }
        for (int i = 0; i < found.size(); i++) {
            for (String caller : callers.getOrDefault(found.get(i), Set.of())) {
                if (dangerous.add(caller)) {
                    found.add(caller);
                }
            }
        }
        known = VolatileFunctions.builtIn().andOfSession(dangerous);
        learned = true;
    }
}
