package org.howdah.proxy;

import static org.howdah.proxy.UserBuilder.count;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes a database's settings. */
final class DatabaseBuilder {
    /** The console's, which no configuration may take. */
    static final String CONSOLE = "pgbouncer";

    private final Values global;
    private final LoginSources sources;
    private final Problems problems;

    DatabaseBuilder(Values global, LoginSources sources, Problems problems) {
        this.global = global;
        this.sources = sources;
        this.problems = problems;
    }

    DatabaseSettings build(RawEntry entry) {
        String owner = "database %s: ".formatted(Quoted.of(entry.name()));
        Values values =
                new Values(SettingKey.Scope.DATABASE, entry.values(), owner, entry.at(), problems);
        if (entry.name().equals(CONSOLE)) {
            problems.error(
                    entry.at(),
                    "the name pgbouncer is taken by the console",
                    "Give the database another name here; dbname says what it is called there");
        }
        if (values.text(DatabaseKeys.AUTH_DBNAME).filter(CONSOLE::equals).isPresent()) {
            problems.error(
                    values.at(DatabaseKeys.AUTH_DBNAME),
                    owner + "auth_dbname cannot be the console",
                    "Name a database that auth_query can run in");
        }
        return new DatabaseSettings(
                entry.name(),
                backend(entry, values, owner),
                overrides(values),
                values.text(DatabaseKeys.AUTH_USER),
                values.text(DatabaseKeys.AUTH_QUERY),
                values.text(DatabaseKeys.AUTH_DBNAME),
                values.find(DatabaseKeys.AUTO_PREPARE));
    }

    private Backend backend(RawEntry entry, Values values, String owner) {
        String name = values.get(DatabaseKeys.DBNAME);
        Optional<String> user = values.text(DatabaseKeys.USER);
        return new Backend(
                hosts(values, owner),
                values.get(DatabaseKeys.LOAD_BALANCE_HOSTS) == SettingWords.HostOrder.ROTATE,
                port(values, owner),
                name.isEmpty() && !entry.name().equals("*") ? entry.name() : name,
                user,
                password(values, user, owner),
                startup(values, owner),
                values.text(DatabaseKeys.CONNECT_QUERY));
    }

    private List<String> hosts(Values values, String owner) {
        List<String> hosts = values.get(DatabaseKeys.HOST);
        if (hosts.stream().anyMatch(host -> host.startsWith("@"))) {
            problems.error(
                    values.at(DatabaseKeys.HOST),
                    owner + "host names an abstract socket, which Howdah cannot open",
                    "Name the directory of the server's socket, or its address");
        }
        if (!hosts.isEmpty()) {
            return hosts;
        }
        String directory = global.get(ListenKeys.UNIX_SOCKET_DIR);
        if (directory.isEmpty()) {
            problems.error(
                    values.at(DatabaseKeys.HOST),
                    owner + "it has no host, and unix_socket_dir is empty",
                    "Set host to where its server is");
        }
        return List.of(directory);
    }

    private int port(Values values, String owner) {
        int port = values.get(DatabaseKeys.PORT);
        if (port == 0) {
            problems.error(
                    values.at(DatabaseKeys.PORT), owner + "port is 0", "Set it from 1 to 65535");
        }
        return port;
    }

    private Optional<Secret> password(Values values, Optional<String> user, String owner) {
        Optional<String> written = values.text(DatabaseKeys.PASSWORD);
        Optional<String> variable = values.text(DatabaseKeys.PASSWORD_VARIABLE);
        SettingKey<String> key =
                variable.isPresent() ? DatabaseKeys.PASSWORD_VARIABLE : DatabaseKeys.PASSWORD;
        if (written.isEmpty() && variable.isEmpty()) {
            return Optional.empty();
        }
        if (written.isPresent() && variable.isPresent()) {
            problems.error(
                    values.at(key),
                    owner + "password and password_variable are both set",
                    "Set one of the two");
        }
        if (user.isEmpty()) {
            problems.warning(
                    values.at(key),
                    owner + "a password without a user is not used",
                    "Set user, or remove it: clients enter the server with their own password");
            return Optional.empty();
        }
        if (variable.isEmpty()) {
            return written.map(Secret::new);
        }
        Optional<String> found = sources.variable(variable.get());
        if (found.isEmpty()) {
            problems.error(
                    values.at(key),
                    "%sthe environment has no variable %s"
                            .formatted(owner, Quoted.of(variable.get())),
                    "Set it to the password of " + Quoted.of(user.get()));
        }
        return found.map(Secret::new);
    }

    private Map<String, String> startup(Values values, String owner) {
        Map<String, String> startup = new LinkedHashMap<>();
        try {
            startup.putAll(StartupOptions.parse(values.get(DatabaseKeys.OPTIONS)));
        } catch (IllegalArgumentException wrong) {
            problems.error(
                    values.at(DatabaseKeys.OPTIONS),
                    owner + "options " + wrong.getMessage(),
                    "Write them as -c jit=off -c search_path=app");
        }
        for (String transaction : List.of("transaction_read_only", "transaction_isolation")) {
            if (startup.containsKey(transaction)) {
                problems.warning(
                        values.at(DatabaseKeys.OPTIONS),
                        owner + transaction + " holds for no transaction of a client",
                        "Set default_" + transaction + " instead");
            }
        }
        List.of(
                        DatabaseKeys.APPLICATION_NAME,
                        DatabaseKeys.CLIENT_ENCODING,
                        DatabaseKeys.DATESTYLE,
                        DatabaseKeys.TIMEZONE)
                .forEach(
                        key -> values.text(key).ifPresent(value -> startup.put(key.name(), value)));
        return startup;
    }

    private static Overrides overrides(Values values) {
        OptionalInt reserve = count(values, DatabaseKeys.RESERVE_POOL_SIZE);
        return new Overrides(
                values.find(DatabaseKeys.POOL_MODE),
                count(values, DatabaseKeys.POOL_SIZE),
                count(values, DatabaseKeys.MIN_POOL_SIZE),
                reserve.isPresent() ? reserve : count(values, DatabaseKeys.RESERVE_POOL),
                count(values, DatabaseKeys.MAX_DB_CONNECTIONS),
                count(values, DatabaseKeys.MAX_DB_CLIENT_CONNECTIONS),
                values.find(DatabaseKeys.SERVER_LIFETIME).flatMap(own -> own),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                values.find(DatabaseKeys.QUERY_WAIT_TIMEOUT).flatMap(own -> own));
    }
}
