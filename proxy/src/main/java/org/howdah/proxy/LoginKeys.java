package org.howdah.proxy;

import static org.howdah.proxy.SettingKey.global;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who may enter. */
public final class LoginKeys {
    private LoginKeys() {}

    static final SettingKey<List<String>> ADMIN_USERS =
            global(
                    "admin_users",
                    SettingType.WORDS,
                    "",
                    "Users who may do everything on the console.");

    static final SettingKey<String> AUTH_DBNAME =
            global(
                            "auth_dbname",
                            SettingType.TEXT,
                            "",
                            "Database that auth_query runs in; without it, the one that the client asked for.")
                    .keeping();

    static final SettingKey<Optional<Path>> AUTH_FILE =
            global("auth_file", SettingType.FILE, "", "File of users and their secrets.").keeping();

    static final SettingKey<Optional<Path>> AUTH_HBA_FILE =
            global(
                    "auth_hba_file",
                    SettingType.FILE,
                    "",
                    "Rules that decide by connection, database, user and address; for auth_type hba.");

    static final SettingKey<Optional<Path>> AUTH_IDENT_FILE =
            global(
                            "auth_ident_file",
                            SettingType.FILE,
                            "",
                            "Which names of the system or of certificates may be which user; for auth_type hba.")
                    .keeping();

    static final SettingKey<String> AUTH_LDAP_OPTIONS =
            global("auth_ldap_options", SettingType.TEXT, "", "How to ask an LDAP server.")
                    .keeping()
                    .without("LDAP is not asked; a line or an auth_type that wants it is refused");

    static final SettingKey<String> AUTH_QUERY =
            global(
                    "auth_query",
                    SettingType.QUERY,
                    "SELECT rolname, CASE WHEN rolvaliduntil < now() THEN NULL ELSE rolpassword END FROM pg_authid WHERE rolname=$1 AND rolcanlogin",
                    "Asks a server for the secret of a user who is not in auth_file, as auth_user.");

    static final SettingKey<AuthMethod> AUTH_TYPE =
            global("auth_type", SettingWords.AUTH_TYPE, "md5", "How clients prove who they are.");

    static final SettingKey<String> AUTH_USER =
            global(
                            "auth_user",
                            SettingType.TEXT,
                            "",
                            "User who runs auth_query; without it, only users of auth_file may enter.")
                    .keeping();

    static final SettingKey<Integer> SCRAM_ITERATIONS =
            global(
                    "scram_iterations",
                    SettingType.COUNT,
                    "4096",
                    "Rounds of hashing for SCRAM with passwords that are stored in plain text.");

    static final SettingKey<List<String>> STATS_USERS =
            global("stats_users", SettingType.WORDS, "", "Users who may look at the console.");

    static final List<SettingKey<?>> ALL =
            List.of(
                    ADMIN_USERS,
                    AUTH_DBNAME,
                    AUTH_FILE,
                    AUTH_HBA_FILE,
                    AUTH_IDENT_FILE,
                    AUTH_LDAP_OPTIONS,
                    AUTH_QUERY,
                    AUTH_TYPE,
                    AUTH_USER,
                    SCRAM_ITERATIONS,
                    STATS_USERS);
}
