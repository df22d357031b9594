package org.howdah.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * Says to the JDBC driver what libpq's parameters mean: the only place that knows both.
 *
 * <p>https://jdbc.postgresql.org/documentation/use/#connection-parameters
 */
final class DriverProperties {
    /** libpq waits for ever by default; a person on call does not. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private DriverProperties() {}

    /** The driver's form of the address of one host; everything else is in the properties. */
    static String url(Dsn.Host host, String database) {
        // A socket's path goes to the socket factory; the driver only wants to see some host.
        String address = host.isSocket() ? "localhost:" + host.port() : host.toString();
        return "jdbc:postgresql://" + address + "/" + DsnUri.encode(database);
    }

    static Properties of(Dsn dsn, Dsn.Host host, SessionOptions options) {
        Properties properties = new Properties();
        properties.setProperty("user", dsn.user());
        // Never none: the driver would read password files itself, with other rules than ours.
        properties.setProperty("password", dsn.password().map(Secret::reveal).orElse(""));
        properties.setProperty("ApplicationName", "howdah/" + options.room());
        properties.setProperty("options", startupOptions(dsn, options));
        properties.setProperty("tcpKeepAlive", "true");
        timeouts(dsn, options, properties);
        copy(dsn, DsnKeyword.CHANNEL_BINDING, properties, "channelBinding");
        copy(dsn, DsnKeyword.REQUIRE_AUTH, properties, "requireAuth");
        copy(dsn, DsnKeyword.KRBSRVNAME, properties, "kerberosServerName");
        copy(dsn, DsnKeyword.GSSLIB, properties, "gsslib");
        properties.setProperty(
                "gssEncMode", dsn.parameter(DsnKeyword.GSSENCMODE).orElse("disable"));
        if (host.isSocket()) {
            properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
            properties.setProperty(
                    "socketFactoryArg", Path.of(host.name(), ".s.PGSQL." + host.port()).toString());
            properties.setProperty("sslmode", "disable");
        } else {
            tls(dsn, properties);
        }
        return properties;
    }

    private static void timeouts(Dsn dsn, SessionOptions options, Properties properties) {
        long connect =
                dsn.parameter(DsnKeyword.CONNECT_TIMEOUT)
                        .map(text -> Math.max(0, Long.parseLong(text.strip())))
                        .orElse(CONNECT_TIMEOUT.toSeconds());
        properties.setProperty("connectTimeout", Long.toString(connect));
        properties.setProperty("loginTimeout", Long.toString(connect));
        properties.setProperty("sslResponseTimeout", Long.toString(connect * 1000));
        Duration statement = options.statementTimeout();
        if (!statement.isZero()) {
            // A server that died without a word would hold us for ever; one that lives has ended
            // the statement long before.
            properties.setProperty("socketTimeout", Long.toString(statement.toSeconds() + 10));
        }
    }

    private static void tls(Dsn dsn, Properties properties) {
        Optional<String> root = dsn.parameter(DsnKeyword.SSLROOTCERT);
        boolean systemRoots = root.equals(Optional.of("system"));
        String mode =
                dsn.parameter(DsnKeyword.SSLMODE).orElse(systemRoots ? "verify-full" : "prefer");
        if (systemRoots) {
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        } else {
            root.ifPresent(file -> properties.setProperty("sslrootcert", file));
            if (mode.equals("require") && root.filter(DriverProperties::exists).isPresent()) {
                // libpq: a root certificate turns "require" into "verify-ca".
                mode = "verify-ca";
            }
        }
        properties.setProperty("sslmode", mode);
        copy(dsn, DsnKeyword.SSLCERT, properties, "sslcert");
        copy(dsn, DsnKeyword.SSLKEY, properties, "sslkey");
        copy(dsn, DsnKeyword.SSLPASSWORD, properties, "sslpassword");
        copy(dsn, DsnKeyword.SSLNEGOTIATION, properties, "sslNegotiation");
    }

    private static boolean exists(String file) {
        return Files.exists(Path.of(file));
    }

    private static void copy(Dsn dsn, DsnKeyword keyword, Properties properties, String name) {
        dsn.parameter(keyword).ifPresent(value -> properties.setProperty(name, value));
    }

    /** The owner's options first: of two values for one setting the server takes the later. */
    private static String startupOptions(Dsn dsn, SessionOptions options) {
        return dsn.parameter(DsnKeyword.OPTIONS).map(given -> given + " ").orElse("")
                + "-c search_path="
                + " -c default_transaction_read_only="
                + (options.readOnly() ? "on" : "off");
    }
}
