package org.howdah.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Completes what a connection string says, as libpq does: with its service, then the environment's
 * variables, then defaults, then the password file.
 *
 * @param socketDirectories where a local server's socket is looked for when no host is given
 */
record DsnResolver(
        Environment environment, List<Path> socketDirectories, Consumer<String> warnings) {
    private static final int DEFAULT_PORT = 5432;

    private static final Map<DsnKeyword, List<String>> CHOICES =
            Map.of(
                    DsnKeyword.SSLMODE,
                    List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
                    DsnKeyword.TARGET_SESSION_ATTRS,
                    List.of(
                            "any",
                            "read-write",
                            "read-only",
                            "primary",
                            "standby",
                            "prefer-standby"),
                    DsnKeyword.CHANNEL_BINDING,
                    List.of("disable", "prefer", "require"),
                    DsnKeyword.GSSENCMODE,
                    List.of("disable", "prefer", "require"),
                    DsnKeyword.SSLNEGOTIATION,
                    List.of("postgres", "direct"));

    Dsn resolve(Map<DsnKeyword, String> given) {
        Map<DsnKeyword, String> values = new EnumMap<>(DsnKeyword.class);
        values.putAll(given);
        addService(values);
        for (DsnKeyword keyword : DsnKeyword.values()) {
            environment
                    .variable(keyword.variable())
                    .ifPresent(value -> values.putIfAbsent(keyword, value));
        }
        values.values().removeIf(String::isEmpty);
        values.forEach(DsnResolver::validate);
        List<Dsn.Host> hosts = hosts(values);
        String user = values.getOrDefault(DsnKeyword.USER, environment.user());
        String database = values.getOrDefault(DsnKeyword.DBNAME, user);
        return new Dsn(
                hosts, database, user, password(values, hosts, database, user), others(values));
    }

    private void addService(Map<DsnKeyword, String> values) {
        Optional<String> service =
                Optional.ofNullable(values.get(DsnKeyword.SERVICE))
                        .or(() -> environment.variable(DsnKeyword.SERVICE.variable()));
        Optional<Path> file =
                Optional.ofNullable(values.get(DsnKeyword.SERVICEFILE))
                        .or(() -> environment.variable(DsnKeyword.SERVICEFILE.variable()))
                        .map(Path::of);
        service.ifPresent(name ->
                ServiceFile.read(name, file, environment)
                        .forEach((keyword, value) -> values.putIfAbsent(keyword, value)));
    }

    private static void validate(DsnKeyword keyword, String value) {
        if (keyword.use() == DsnKeyword.Use.REFUSED) {
            throw DsnText.invalid(
                    "The connection parameter \"" + keyword.keyword() + "\" is not supported",
                    keyword.variable().isEmpty()
                            ? "Leave it out"
                            : "Leave it out, or unset " + keyword.variable());
        }
        List<String> choices = CHOICES.get(keyword);
        if (choices != null && !choices.contains(value)) {
            throw DsnText.invalid(
                    "\"" + value + "\" is no value of the parameter " + keyword.keyword(),
                    "Choose one of: " + String.join(", ", choices));
        }
        if (keyword == DsnKeyword.CONNECT_TIMEOUT && !value.strip().matches("-?[0-9]{1,9}")) {
            throw DsnText.invalid(
                    "The parameter connect_timeout is not a whole number of seconds",
                    "Write for example connect_timeout=5");
        }
    }

    private List<Dsn.Host> hosts(Map<DsnKeyword, String> values) {
        String given =
                values.getOrDefault(DsnKeyword.HOSTADDR, values.getOrDefault(DsnKeyword.HOST, ""));
        List<String> names = Arrays.stream(given.split(",", -1)).map(String::strip).toList();
        List<String> ports =
                Arrays.stream(values.getOrDefault(DsnKeyword.PORT, "").split(",", -1))
                        .map(String::strip)
                        .toList();
        if (ports.size() > 1 && ports.size() != names.size()) {
            throw DsnText.invalid(
                    "The connection string has %d hosts and %d ports"
                            .formatted(names.size(), ports.size()),
                    "Give one port for all hosts or one for each");
        }
        List<Dsn.Host> hosts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int port = port(ports.get(ports.size() == 1 ? 0 : i));
            String name = names.get(i);
            if (name.startsWith("@")) {
                throw DsnText.invalid(
                        "The host is a socket in the abstract namespace, which is not supported",
                        "Give the directory of the socket or a host name");
            }
            hosts.add(new Dsn.Host(name.isEmpty() ? localHost(port) : name, port));
        }
        return hosts;
    }

    private static int port(String text) {
        if (text.isEmpty()) {
            return DEFAULT_PORT;
        }
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw DsnText.invalid(
                    "The connection string has a port that is not a number from 1 to 65535",
                    "Percent-encode special characters in a URI's user and password: : as %3A, /"
                            + " as %2F");
        }
        return port;
    }

    /** Where libpq looks when nobody says where: the local socket, or else localhost. */
    private String localHost(int port) {
        return socketDirectories.stream()
                .filter(directory -> Files.exists(directory.resolve(".s.PGSQL." + port)))
                .map(Path::toString)
                .findFirst()
                .orElse("localhost");
    }

    private Optional<Secret> password(
            Map<DsnKeyword, String> values, List<Dsn.Host> hosts, String database, String user) {
        String given = values.get(DsnKeyword.PASSWORD);
        if (given != null) {
            return Optional.of(new Secret(given));
        }
        PasswordFile file =
                new PasswordFile(
                        Optional.ofNullable(values.get(DsnKeyword.PASSFILE))
                                .map(Path::of)
                                .orElseGet(() -> environment.home().resolve(".pgpass")),
                        warnings);
        return namesForPasswords(values, hosts).stream()
                .flatMap(host -> file.find(host, database, user).stream())
                .findFirst();
    }

    /** Entries of the password file are by host name even where an address is given beside it. */
    private static List<Dsn.Host> namesForPasswords(
            Map<DsnKeyword, String> values, List<Dsn.Host> hosts) {
        String[] names = values.getOrDefault(DsnKeyword.HOST, "").split(",", -1);
        if (!values.containsKey(DsnKeyword.HOSTADDR) || names.length != hosts.size()) {
            return hosts;
        }
        List<Dsn.Host> named = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            named.add(
                    names[i].isBlank()
                            ? hosts.get(i)
                            : new Dsn.Host(names[i].strip(), hosts.get(i).port()));
        }
        return named;
    }

    private static Map<String, String> others(Map<DsnKeyword, String> values) {
        Map<String, String> parameters = new TreeMap<>();
        values.forEach((keyword, value) -> {
            if (keyword.use() == DsnKeyword.Use.HONORED && !isAddressOrLogin(keyword)) {
                parameters.put(keyword.keyword(), value);
            }
        });
        return parameters;
    }

    private static boolean isAddressOrLogin(DsnKeyword keyword) {
        return switch (keyword) {
            case SERVICE, SERVICEFILE, HOST, HOSTADDR, PORT, DBNAME, USER, PASSWORD -> true;
            default -> false;
        };
    }
}
