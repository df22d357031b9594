package org.howdah.proxy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;
import org.howdah.postgres.HowdahException;
import org.howdah.wire.Credentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be shown to a server for a pool: the database's own password; else what the last client
 * has proven with, which may be SCRAM keys; else the users' file; else the password file of libpq.
 */
final class ServerCredentials {

    private static final Logger LOG = LoggerFactory.getLogger(ServerCredentials.class);
    private static final String PASSFILE = "PGPASSFILE";

    private final Accounts accounts;
    private final Environment environment;

    ServerCredentials(Accounts accounts, Environment environment) {
        this.accounts = accounts;
        Map<String, String> variables = new LinkedHashMap<>();
        environment.variable(PASSFILE).ifPresent(file -> variables.put(PASSFILE, file));
        this.environment = new Environment(variables, environment.home(), environment.user());
    }

    /** As whom the pool's connections are made. */
    static String user(Pool pool) {
        return pool.terms().database().backend().user().orElse(pool.key().user());
    }

    /** The database's name at the server. */
    static String database(Pool pool) {
        String own = pool.terms().database().backend().database();
        return own.isEmpty() ? pool.key().database() : own;
    }

    /** What is known without looking at the password file. */
    Credentials known(Pool pool) {
        Backend backend = pool.terms().database().backend();
        String user = user(pool);
        if (backend.password().isPresent()) {
            return Account.of(user, backend.password().get().value()).credentials();
        }
        boolean asItself = backend.user().isEmpty() || user.equals(pool.key().user());
        Credentials proven = asItself ? pool.credentials().latest() : Credentials.none();
        return proven instanceof Credentials.None
                ? accounts.ofFile(user).map(Account::credentials).orElse(Credentials.none())
                : proven;
    }

    /** From the password file. Reads files: not for a loop's thread. */
    Credentials ofPasswordFile(Pool pool, String host) {
        try {
            Dsn dsn =
                    Dsn.parse(
                            "host=%s port=%d dbname=%s user=%s"
                                    .formatted(
                                            quoted(host),
                                            pool.terms().database().backend().port(),
                                            quoted(database(pool)),
                                            quoted(user(pool))),
                            environment);
            return dsn.password()
                    .map(secret -> Credentials.password(secret.reveal()))
                    .orElse(Credentials.none());
        } catch (HowdahException unreadable) {
            LOG.warn("The password file is not used: {}.", unreadable.getMessage());
            return Credentials.none();
        }
    }

    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** The server has refused what was shown for this pool: nobody is to rely on it any longer. */
    void refused(Pool pool) {
        pool.credentials().forget();
        accounts.forget(pool.key().user());
    }
}
