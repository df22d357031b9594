package org.howdah.proxy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Settings as they would be written in a file, for tests that reload or set them: one database
 * {@code app} on one server, transaction mode.
 */
final class Written implements SettingsSource, LoginSources {

    private static final Position HERE = new Position("test.ini", 0);

    private final Map<String, String> global = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> databases = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> users = new ConcurrentHashMap<>();

    Written(int serverPort) {
        with("listen_addr", "127.0.0.1");
        with("listen_port", "0");
        with("unix_socket_dir", "");
        with("auth_type", "trust");
        with("auth_file", "userlist.txt");
        with("admin_users", "postgres");
        with("stats_users", "watcher");
        with("pool_mode", "transaction");
        with("default_pool_size", "4");
        with("transport", "nio");
        with("log_stats", "0");
        database(TestSettings.DATABASE, "host", "127.0.0.1");
        database(TestSettings.DATABASE, "port", Integer.toString(serverPort));
        database(TestSettings.DATABASE, "dbname", "postgres");
    }

    Written with(String key, String value) {
        global.put(key, value);
        return this;
    }

    Written database(String name, String key, String value) {
        databases.computeIfAbsent(name, _ -> new ConcurrentHashMap<>()).put(key, value);
        return this;
    }

    Written user(String name, String key, String value) {
        users.computeIfAbsent(name, _ -> new ConcurrentHashMap<>()).put(key, value);
        return this;
    }

    TestProxy start() {
        return TestProxy.start(build(raw()), this);
    }

    private RawSettings raw() {
        return new RawSettings(
                "test.ini", values(global), entries(databases), entries(users), Map.of());
    }

    private static Map<String, RawValue> values(Map<String, String> texts) {
        Map<String, RawValue> values = new LinkedHashMap<>();
        texts.forEach((key, text) -> values.put(key, new RawValue(text, HERE)));
        return values;
    }

    private static Map<String, RawEntry> entries(Map<String, Map<String, String>> texts) {
        Map<String, RawEntry> entries = new LinkedHashMap<>();
        texts.forEach((name, own) -> entries.put(name, new RawEntry(name, HERE, values(own))));
        return entries;
    }

    @Override
    public SettingsBuilder.Built reload(SettingsBuilder.Built running) {
        Problems problems = new Problems();
        return SettingsBuilder.build(raw().reloadedOver(running.raw(), problems), this, problems);
    }

    @Override
    public SettingsBuilder.Built build(RawSettings changed) {
        return SettingsBuilder.build(changed, this, new Problems());
    }

    @Override
    public Map<String, Secret> users(Path file, Position named, Problems problems) {
        return Map.of(
                "postgres", new Secret(""),
                "watcher", new Secret(""),
                "alice", new Secret(""),
                "bob", new Secret(""));
    }

    @Override
    public List<HbaRule> rules(Path file, Optional<Path> maps, Position named, Problems problems) {
        return List.of();
    }

    @Override
    public Optional<String> variable(String name) {
        return Optional.empty();
    }
}
