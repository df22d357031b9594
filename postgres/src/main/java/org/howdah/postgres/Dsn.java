package org.howdah.postgres;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a database is and how to log in.
 *
 * @param hosts tried in order
 * @param parameters further libpq parameters that matter to us ({@code sslmode}, {@code
 *     sslrootcert}, {@code connect_timeout}, {@code target_session_attrs} ...), under libpq's names
 */
public record Dsn(
        List<Host> hosts,
        String database,
        String user,
        Optional<Secret> password,
        Map<String, String> parameters) {
    private static final Logger LOG = LoggerFactory.getLogger(Dsn.class);

    /** Debian's and PostgreSQL's own default of where servers put their sockets. */
    private static final List<Path> SOCKET_DIRECTORIES =
            List.of(Path.of("/var/run/postgresql"), Path.of("/tmp"));

    /**
     * A host name or address with its port; a socket directory where the name begins with a slash.
     */
    public record Host(String name, int port) {
        public boolean isSocket() {
            return name.startsWith("/");
        }

        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    public Dsn {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
    }

    public static Dsn of(String host, int port, String database, String user) {
        return new Dsn(List.of(new Host(host, port)), database, user, Optional.empty(), Map.of());
    }

    /**
     * Reads a URI, key=value pairs, a JDBC URL, the name of a database, or (empty) nothing, and
     * completes it as libpq does: service, {@code PG*} variables, defaults, password file.
     *
     * <p>https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
     *
     * @throws HowdahException (exit code 2) where the text or what it refers to is wrong
     */
    public static Dsn parse(String text, Environment environment) {
        return new DsnResolver(environment, SOCKET_DIRECTORIES, LOG::warn)
                .resolve(DsnText.parse(text));
    }

    public Dsn withDatabase(String other) {
        return new Dsn(hosts, other, user, password, parameters);
    }

    public Dsn withPassword(Secret secret) {
        return new Dsn(hosts, database, user, Optional.of(secret), parameters);
    }

    public Dsn withUser(String other) {
        return new Dsn(hosts, database, other, password, parameters);
    }

    /** The same login at one of the hosts only. */
    public Dsn withHost(Host host) {
        return new Dsn(List.of(host), database, user, password, parameters);
    }

    /** With another value for one of libpq's parameters. */
    public Dsn withParameter(String keyword, String value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(keyword, value);
        return new Dsn(hosts, database, user, password, more);
    }

    Optional<String> parameter(DsnKeyword keyword) {
        return Optional.ofNullable(parameters.get(keyword.keyword()));
    }

    /**
     * A URI with all that is needed to connect again, here and from any directory, but no secret:
     * neither the password nor that of the key; where the password file is may be known.
     */
    public String withoutSecrets() {
        StringBuilder text = new StringBuilder(toString());
        new TreeMap<>(parameters)
                .forEach((keyword, value) ->
                        DsnKeyword.find(keyword)
                                .filter(known -> !known.mayHoldSecrets())
                                .ifPresent(known ->
                                        text.append(text.indexOf("?") < 0 ? '?' : '&')
                                                .append(keyword)
                                                .append('=')
                                                .append(DsnUri.encode(known.anywhere(value)))));
        return text.toString();
    }

    /** A URI without the password, which {@link #parse} reads again. */
    @Override
    public String toString() {
        String login = "postgresql://" + DsnUri.encode(user) + "@";
        String path = "/" + DsnUri.encode(database);
        if (hosts.stream().noneMatch(Host::isSocket)) {
            return login
                    + hosts.stream().map(Host::toString).collect(Collectors.joining(","))
                    + path;
        }
        String names = hosts.stream().map(Host::name).collect(Collectors.joining(","));
        String ports =
                hosts.stream()
                        .map(host -> Integer.toString(host.port()))
                        .collect(Collectors.joining(","));
        return login + path + "?host=" + names + "&port=" + ports;
    }
}
