package org.howdah.advisor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.postgres.Query;
import org.howdah.postgres.Session;

/**
 * Where the sessions of a role look for unqualified names, as far as settings say it. What an
 * application sets by itself is not to be seen.
 */
final class SearchPaths {
    private static final List<String> DEFAULT = List.of("$user", "public");

    private final Map<String, List<String>> byRole = new HashMap<>();
    private final List<String> everyone;

    private record Setting(String role, boolean here, String value) {
        // https://www.postgresql.org/docs/current/catalog-pg-db-role-setting.html
        static final Query<Setting> QUERY =
                Query.of(
                        Setting.class,
                        """
                        SELECT coalesce(r.rolname, '') AS role, s.setdatabase <> 0 AS here,
                               pg_catalog.substr(setting, 13) AS value
                          FROM pg_catalog.pg_db_role_setting s
                          LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
                          LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
                          CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) setting
                         WHERE setting LIKE 'search\\_path=%'
                           AND (s.setdatabase = 0 OR d.datname = pg_catalog.current_database())
                         ORDER BY 2
                        """);
    }

    private SearchPaths(List<Setting> settings) {
        // The more special setting wins: of a role in a database, of a role, of a database.
        List<String> common = DEFAULT;
        for (Setting setting : settings) {
            if (setting.role().isEmpty()) {
                common = schemas(setting.value());
            } else {
                byRole.put(setting.role(), schemas(setting.value()));
            }
        }
        this.everyone = common;
    }

    static SearchPaths read(Session session) {
        return new SearchPaths(session.query(Setting.QUERY));
    }

    List<String> of(Optional<String> role) {
        List<String> path = role.map(byRole::get).orElse(everyone);
        return path.stream()
                .map(schema -> schema.equals("$user") ? role.orElse(schema) : schema)
                .toList();
    }

    private static List<String> schemas(String value) {
        List<String> schemas = new ArrayList<>();
        for (String part : value.split(",")) {
            String name = part.strip();
            boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
            if (!name.isEmpty()) {
                schemas.add(
                        quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name);
            }
        }
        return schemas;
    }
}
