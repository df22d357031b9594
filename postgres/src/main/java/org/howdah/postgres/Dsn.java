package org.howdah.postgres;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

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

    /**
     * A host name or address with its port; a socket directory where the name begins with a slash.
     */
    public record Host(String name, int port) {
        public boolean isSocket() {
            return name.startsWith("/");
        }

        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    public Dsn {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
    }

    public static Dsn of(String host, int port, String database, String user) {
        return new Dsn(List.of(new Host(host, port)), database, user, Optional.empty(), Map.of());
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

    /**
     * The driver's form of the address; credentials and the rest are in {@link #jdbcProperties()}.
     */
    String jdbcUrl() {
        String addresses =
                hosts.stream()
                        .map(host -> host.name() + ":" + host.port())
                        .collect(Collectors.joining(","));
        return "jdbc:postgresql://" + addresses + "/" + database;
    }

    Properties jdbcProperties() {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        password.ifPresent(secret -> properties.setProperty("password", secret.reveal()));
        return properties;
    }

    /** Without the password. */
    @Override
    public String toString() {
        String addresses = hosts.stream().map(Host::toString).collect(Collectors.joining(","));
        return "postgresql://" + user + "@" + addresses + "/" + database;
    }
}
