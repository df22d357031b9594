package org.howdah.postgres;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The connection parameters of libpq, with the environment variable that stands in for each.
 *
 * <p>https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
 */
enum DsnKeyword {
    SERVICE("PGSERVICE", Use.HONORED),
    SERVICEFILE("PGSERVICEFILE", Use.HONORED),
    HOST("PGHOST", Use.HONORED),
    HOSTADDR("PGHOSTADDR", Use.HONORED),
    PORT("PGPORT", Use.HONORED),
    DBNAME("PGDATABASE", Use.HONORED),
    USER("PGUSER", Use.HONORED),
    PASSWORD("PGPASSWORD", Use.HONORED),
    PASSFILE("PGPASSFILE", Use.HONORED),
    OPTIONS("PGOPTIONS", Use.HONORED),
    CONNECT_TIMEOUT("PGCONNECT_TIMEOUT", Use.HONORED),
    TARGET_SESSION_ATTRS("PGTARGETSESSIONATTRS", Use.HONORED),
    SSLMODE("PGSSLMODE", Use.HONORED),
    SSLROOTCERT("PGSSLROOTCERT", Use.HONORED),
    SSLCERT("PGSSLCERT", Use.HONORED),
    SSLKEY("PGSSLKEY", Use.HONORED),
    SSLPASSWORD("", Use.HONORED),
    SSLNEGOTIATION("PGSSLNEGOTIATION", Use.HONORED),
    CHANNEL_BINDING("PGCHANNELBINDING", Use.HONORED),
    REQUIRE_AUTH("PGREQUIREAUTH", Use.HONORED),
    GSSENCMODE("PGGSSENCMODE", Use.HONORED),
    KRBSRVNAME("PGKRBSRVNAME", Use.HONORED),
    GSSLIB("PGGSSLIB", Use.HONORED),
    // The name of the session is ours, the rest is tuning that changes nothing for us.
    APPLICATION_NAME("PGAPPNAME", Use.IGNORED),
    FALLBACK_APPLICATION_NAME("", Use.IGNORED),
    CLIENT_ENCODING("PGCLIENTENCODING", Use.IGNORED),
    KEEPALIVES("", Use.IGNORED),
    KEEPALIVES_IDLE("", Use.IGNORED),
    KEEPALIVES_INTERVAL("", Use.IGNORED),
    KEEPALIVES_COUNT("", Use.IGNORED),
    TCP_USER_TIMEOUT("", Use.IGNORED),
    LOAD_BALANCE_HOSTS("PGLOADBALANCEHOSTS", Use.IGNORED),
    SSLCOMPRESSION("PGSSLCOMPRESSION", Use.IGNORED),
    SSLSNI("PGSSLSNI", Use.IGNORED),
    SSLCERTMODE("PGSSLCERTMODE", Use.IGNORED),
    // Java's TLS takes the newest version that both sides know, 1.2 at least, as libpq does.
    SSL_MIN_PROTOCOL_VERSION("PGSSLMINPROTOCOLVERSION", Use.IGNORED),
    SSL_MAX_PROTOCOL_VERSION("PGSSLMAXPROTOCOLVERSION", Use.IGNORED),
    MIN_PROTOCOL_VERSION("PGMINPROTOCOLVERSION", Use.IGNORED),
    MAX_PROTOCOL_VERSION("PGMAXPROTOCOLVERSION", Use.IGNORED),
    GSSDELEGATION("PGGSSDELEGATION", Use.IGNORED),
    // To ignore these would be to trust what the owner does not trust, or to do something else.
    SSLCRL("PGSSLCRL", Use.REFUSED),
    SSLCRLDIR("PGSSLCRLDIR", Use.REFUSED),
    REQUIREPEER("PGREQUIREPEER", Use.REFUSED),
    REPLICATION("", Use.REFUSED),
    SCRAM_CLIENT_KEY("", Use.REFUSED),
    SCRAM_SERVER_KEY("", Use.REFUSED),
    OAUTH_ISSUER("", Use.REFUSED),
    OAUTH_CLIENT_ID("", Use.REFUSED),
    OAUTH_CLIENT_SECRET("", Use.REFUSED),
    OAUTH_SCOPE("", Use.REFUSED);

    /** What becomes of a parameter that is given. */
    enum Use {
        HONORED,
        IGNORED,
        REFUSED
    }

    private final String variable;
    private final Use use;

    DsnKeyword(String variable, Use use) {
        this.variable = variable;
        this.use = use;
    }

    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The environment variable; empty where there is none. */
    String variable() {
        return variable;
    }

    Use use() {
        return use;
    }

    /** Whether its value is or may contain what must not be kept: options set anything. */
    boolean mayHoldSecrets() {
        return switch (this) {
            case PASSWORD, SSLPASSWORD, OPTIONS -> true;
            default -> false;
        };
    }

    /** A value that means the same from any working directory. */
    String anywhere(String value) {
        return switch (this) {
            case PASSFILE, SSLCERT, SSLKEY -> Path.of(value).toAbsolutePath().toString();
            case SSLROOTCERT ->
                    value.equals("system") ? value : Path.of(value).toAbsolutePath().toString();
            default -> value;
        };
    }

    /** The parameter of this name, which is exact. */
    static Optional<DsnKeyword> find(String keyword) {
        return Arrays.stream(values()).filter(known -> known.keyword().equals(keyword)).findFirst();
    }

    /** The parameter of this name, or the error that names the nearest one. */
    static DsnKeyword named(String keyword) {
        return find(keyword).orElseThrow(() -> unknown(keyword));
    }

    private static HowdahException unknown(String keyword) {
        if (!keyword.matches("[A-Za-z_]{1,40}")) {
            // It may be a piece of a password, so it is not shown.
            return DsnText.invalid(
                    "The connection string has something before a \"=\" that is no parameter name",
                    "Put values with spaces or quotes in single quotes, '\\'' for a quote");
        }
        return DsnText.invalid(
                "There is no connection parameter \"" + keyword + "\"", hint(keyword));
    }

    static String hint(String misspelt) {
        List<String> names = Arrays.stream(values()).map(DsnKeyword::keyword).toList();
        return NearestName.of(misspelt, names)
                .map(name -> "Did you mean \"" + name + "\"?")
                .orElse("The most common ones are host, port, dbname, user, sslmode");
    }
}
