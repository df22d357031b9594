package org.howdah.proxy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the settings of who may enter. */
final class LoginBuilder {
    private final RawSettings raw;
    private final Values values;
    private final LoginSources sources;
    private final Problems problems;

    LoginBuilder(RawSettings raw, Values values, LoginSources sources, Problems problems) {
        this.raw = raw;
        this.values = values;
        this.sources = sources;
        this.problems = problems;
    }

    LoginSettings build() {
        AuthMethod method = values.get(LoginKeys.AUTH_TYPE);
        check(method);
        int iterations = values.get(LoginKeys.SCRAM_ITERATIONS);
        if (iterations == 0) {
            problems.error(
                    values.at(LoginKeys.SCRAM_ITERATIONS),
                    "scram_iterations is 0",
                    "Leave it out, for 4096");
        }
        return new LoginSettings(
                method,
                method == AuthMethod.HBA ? rules() : List.of(),
                secrets(),
                values.text(LoginKeys.AUTH_USER),
                values.get(LoginKeys.AUTH_QUERY),
                values.text(LoginKeys.AUTH_DBNAME),
                Set.copyOf(values.get(LoginKeys.ADMIN_USERS)),
                Set.copyOf(values.get(LoginKeys.STATS_USERS)),
                iterations);
    }

    private void check(AuthMethod method) {
        TlsSettings.Mode tls = values.get(TlsKeys.CLIENT_TLS_SSLMODE);
        if (method == AuthMethod.CERTIFICATE
                && tls != TlsSettings.Mode.VERIFY_CA
                && tls != TlsSettings.Mode.VERIFY_FULL) {
            problems.error(
                    values.at(LoginKeys.AUTH_TYPE),
                    "auth_type is cert, but clients are not asked for certificates",
                    "Set client_tls_sslmode to verify-full, with client_tls_ca_file");
        }
        if (method != AuthMethod.ANY && !knowsUsers()) {
            problems.warning(
                    values.at(LoginKeys.AUTH_FILE),
                    "nobody can log in: neither auth_file nor auth_user is set",
                    "Set auth_file to a file of users, or auth_user to a user who runs auth_query");
        }
        if (values.text(LoginKeys.AUTH_DBNAME)
                .filter(DatabaseBuilder.CONSOLE::equals)
                .isPresent()) {
            problems.error(
                    values.at(LoginKeys.AUTH_DBNAME),
                    "auth_dbname cannot be the console",
                    "Name a database that auth_query can run in");
        }
        if (!values.get(LoginKeys.AUTH_QUERY).contains("$1")) {
            problems.warning(
                    values.at(LoginKeys.AUTH_QUERY),
                    "auth_query asks the same for every user: it has no $1",
                    "Compare the user's name with $1");
        }
        if (method == AuthMethod.ANY) {
            raw.databases().values().stream()
                    .filter(entry -> !entry.values().containsKey(DatabaseKeys.USER.name()))
                    .forEach(entry ->
                            problems.warning(
                                    entry.at(),
                                    "database %s refuses all clients: auth_type is any, and it has no user"
                                            .formatted(Quoted.of(entry.name())),
                                    "Set user for it, as whom everybody enters"));
        }
    }

    private boolean knowsUsers() {
        return values.get(LoginKeys.AUTH_FILE).isPresent()
                || values.text(LoginKeys.AUTH_USER).isPresent()
                || raw.databases().values().stream()
                        .anyMatch(
                                entry -> entry.values().containsKey(DatabaseKeys.AUTH_USER.name()));
    }

    private List<HbaRule> rules() {
        Position at = values.at(LoginKeys.AUTH_HBA_FILE);
        return values.get(LoginKeys.AUTH_HBA_FILE)
                .map(file ->
                        sources.rules(file, values.get(LoginKeys.AUTH_IDENT_FILE), at, problems))
                .orElseGet(() -> {
                    problems.error(
                            values.at(LoginKeys.AUTH_TYPE),
                            "auth_type is hba, but auth_hba_file is not set",
                            "Set it to the file with the rules");
                    return List.of();
                });
    }

    private Map<String, Secret> secrets() {
        return values.get(LoginKeys.AUTH_FILE)
                .map(file -> sources.users(file, values.at(LoginKeys.AUTH_FILE), problems))
                .orElse(Map.of());
    }
}
