package org.howdah.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.howdah.embedded.Server;
import org.howdah.proxy.HbaRule;
import org.howdah.proxy.LoginSources;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;
import org.howdah.proxy.Proxy;
import org.howdah.proxy.RawEntry;
import org.howdah.proxy.RawSettings;
import org.howdah.proxy.RawValue;
import org.howdah.proxy.Secret;
import org.howdah.proxy.SettingsBuilder;
import org.howdah.proxy.SettingsSource;

/** The proxy that the desync fuzzer tries, in this process, on a port that the system chooses. */
final class DesyncProxy implements AutoCloseable {

    static final String DATABASE = Server.DATABASE;

    private static final Position HERE = new Position("rehearsal", 0);

    private final Proxy proxy;

    private DesyncProxy(Proxy proxy) {
        this.proxy = proxy;
    }

    static DesyncProxy start(DesyncOptions options, int serverPort) {
        try {
            return new DesyncProxy(Proxy.start(settings(options, serverPort), UNCHANGED));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static SettingsBuilder.Built settings(DesyncOptions options, int serverPort) {
        Map<String, String> global = new LinkedHashMap<>();
        global.put("listen_addr", "127.0.0.1");
        global.put("listen_port", "0");
        global.put("unix_socket_dir", "");
        global.put("auth_type", "any");
        global.put("pool_mode", options.mode().name().toLowerCase(Locale.ROOT));
        global.put("default_pool_size", Integer.toString(options.poolSize()));
        global.put("max_prepared_statements", Integer.toString(options.preparedStatements()));
        global.put("max_client_conn", "10000");
        global.put("transport", options.transport());
        global.put("loops", Integer.toString(options.loops()));
        Map<String, String> database =
                Map.of(
                        "host",
                        "127.0.0.1",
                        "port",
                        Integer.toString(serverPort),
                        "dbname",
                        Server.DATABASE,
                        "user",
                        Server.SUPERUSER);
        RawSettings raw =
                new RawSettings(
                        "rehearsal",
                        values(global),
                        Map.of(DATABASE, new RawEntry(DATABASE, HERE, values(database))),
                        Map.of(),
                        Map.of());
        return SettingsBuilder.build(raw, NOBODY, new Problems());
    }

    private static Map<String, RawValue> values(Map<String, String> texts) {
        Map<String, RawValue> values = new LinkedHashMap<>();
        texts.forEach((key, text) -> values.put(key, new RawValue(text, HERE)));
        return values;
    }

    SocketAddress address() {
        return proxy.addresses().getFirst();
    }

    @Override
    public void close() {
        proxy.close();
    }

    /** The settings stay as they are. */
    private static final SettingsSource UNCHANGED =
            new SettingsSource() {
                @Override
                public SettingsBuilder.Built reload(SettingsBuilder.Built running) {
                    return running;
                }

                @Override
                public SettingsBuilder.Built build(RawSettings changed) {
                    return SettingsBuilder.build(changed, NOBODY, new Problems());
                }
            };

    /** There are neither users nor rules. */
    private static final LoginSources NOBODY =
            new LoginSources() {
                @Override
                public Map<String, Secret> users(Path file, Position named, Problems problems) {
                    return Map.of();
                }

                @Override
                public List<HbaRule> rules(
                        Path file, Optional<Path> maps, Position named, Problems problems) {
                    return List.of();
                }

                @Override
                public Optional<String> variable(String name) {
                    return Optional.empty();
                }
            };
}
