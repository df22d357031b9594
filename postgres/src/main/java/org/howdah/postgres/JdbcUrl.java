package org.howdah.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.postgresql.PGProperty;

/**
 * The form that Java programs have in their configuration: {@code
 * jdbc:postgresql://host:5432/database?user=u&ssl=true}.
 *
 * <p>https://jdbc.postgresql.org/documentation/use/#connecting-to-the-database
 */
final class JdbcUrl {
    /** The driver's names for what libpq has, too. */
    private static final Map<String, DsnKeyword> SAME =
            Map.ofEntries(
                    Map.entry("user", DsnKeyword.USER),
                    Map.entry("password", DsnKeyword.PASSWORD),
                    Map.entry("PGHOST", DsnKeyword.HOST),
                    Map.entry("PGPORT", DsnKeyword.PORT),
                    Map.entry("PGDBNAME", DsnKeyword.DBNAME),
                    Map.entry("service", DsnKeyword.SERVICE),
                    Map.entry("options", DsnKeyword.OPTIONS),
                    Map.entry("sslmode", DsnKeyword.SSLMODE),
                    Map.entry("sslrootcert", DsnKeyword.SSLROOTCERT),
                    Map.entry("sslcert", DsnKeyword.SSLCERT),
                    Map.entry("sslkey", DsnKeyword.SSLKEY),
                    Map.entry("sslpassword", DsnKeyword.SSLPASSWORD),
                    Map.entry("sslNegotiation", DsnKeyword.SSLNEGOTIATION),
                    Map.entry("channelBinding", DsnKeyword.CHANNEL_BINDING),
                    Map.entry("requireAuth", DsnKeyword.REQUIRE_AUTH),
                    Map.entry("gssEncMode", DsnKeyword.GSSENCMODE),
                    Map.entry("kerberosServerName", DsnKeyword.KRBSRVNAME),
                    Map.entry("connectTimeout", DsnKeyword.CONNECT_TIMEOUT),
                    Map.entry("loginTimeout", DsnKeyword.CONNECT_TIMEOUT));

    private static final Map<String, String> TARGETS =
            Map.of(
                    "any", "any",
                    "primary", "primary",
                    "master", "primary",
                    "secondary", "standby",
                    "slave", "standby",
                    "preferSecondary", "prefer-standby",
                    "preferSlave", "prefer-standby",
                    "preferPrimary", "any");

    private static final List<String> REPLACING_CLASSES =
            List.of(
                    "socketFactory",
                    "sslfactory",
                    "sslhostnameverifier",
                    "authenticationPluginClassName");

    private JdbcUrl() {}

    static Map<DsnKeyword, String> parse(String url) {
        String prefix = "jdbc:postgresql:";
        if (!url.startsWith(prefix)) {
            throw DsnText.invalid(
                    "The JDBC URL is not one of PostgreSQL",
                    "Write jdbc:postgresql://host:5432/database");
        }
        String rest = url.substring(prefix.length());
        int query = rest.indexOf('?');
        String address = query < 0 ? rest : rest.substring(0, query);
        Map<DsnKeyword, String> values = new EnumMap<>(DsnKeyword.class);
        if (address.startsWith("//")) {
            values.putAll(DsnUri.parse(address.substring(2)));
        } else if (!address.isEmpty()) {
            values.put(DsnKeyword.DBNAME, decode(address));
        }
        values.putIfAbsent(DsnKeyword.HOST, "localhost");
        if (query >= 0) {
            for (String pair : rest.substring(query + 1).split("&", -1)) {
                parameter(pair, values);
            }
        }
        return values;
    }

    private static void parameter(String pair, Map<DsnKeyword, String> values) {
        if (pair.isEmpty()) {
            return;
        }
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        DsnKeyword same = SAME.get(name);
        if (same != null) {
            values.put(same, value);
        } else if (name.equals("ssl")) {
            if (value.isEmpty() || value.equals("true")) {
                values.putIfAbsent(DsnKeyword.SSLMODE, "verify-full");
            }
        } else if (name.equals("targetServerType")) {
            values.put(DsnKeyword.TARGET_SESSION_ATTRS, TARGETS.getOrDefault(value, value));
        } else if (REPLACING_CLASSES.contains(name)) {
            throw DsnText.invalid(
                    "The JDBC parameter \"" + name + "\" names a class that Howdah does not have",
                    "Leave it out; sockets and TLS are set by host, sslmode and sslrootcert");
        } else if (drivers().noneMatch(name::equals)) {
            throw DsnText.invalid(
                    "The JDBC URL has a parameter that the PostgreSQL driver does not know",
                    NearestName.of(name, drivers().toList())
                            .map(known -> "Did you mean \"" + known + "\"?")
                            .orElse("Look it up in the driver's documentation"));
        }
    }

    private static Stream<String> drivers() {
        return Stream.concat(
                Arrays.stream(PGProperty.values()).map(PGProperty::getName),
                SAME.keySet().stream());
    }

    /** As web forms, unlike libpq: a plus is a space. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw DsnText.invalid(
                    "The JDBC URL has a percent sign that two hexadecimal digits do not follow",
                    "Write a percent sign itself as %25");
        }
    }
}
