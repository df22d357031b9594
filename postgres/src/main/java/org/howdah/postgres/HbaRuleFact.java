package org.howdah.postgres;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of {@code pg_hba.conf} as it stands in the file now, in force or not.
 *
 * @param type {@code local}, {@code host}, {@code hostssl} ...; none for a line with an error
 * @param address an address, a name, {@code all}, {@code samehost} or {@code samenet}; none for
 *     {@code local}
 * @param method {@code scram-sha-256}, {@code trust} ...
 */
public record HbaRuleFact(
        OptionalLong line,
        Optional<String> type,
        List<String> databases,
        List<String> roles,
        Optional<String> address,
        Optional<String> mask,
        Optional<String> method,
        Optional<String> error) {

    // https://www.postgresql.org/docs/current/view-pg-hba-file-rules.html
    public static final Query<HbaRuleFact> QUERY =
            Query.of(
                            HbaRuleFact.class,
                            """
                            SELECT line_number AS line, type, database AS databases, user_name AS roles,
                                   address, netmask AS mask, auth_method AS method, error
                              FROM pg_catalog.pg_hba_file_rules
                             ORDER BY line_number
                            """)
                    .needing(
                            "GRANT SELECT ON pg_catalog.pg_hba_file_rules TO {role};"
                                    + " GRANT EXECUTE ON FUNCTION pg_catalog.pg_hba_file_rules() TO {role}");
}
