package org.howdah.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.howdah.transport.SocketSettings;
import org.howdah.transport.SocketSettings.KeepAlive;
import org.howdah.transport.TransportKind;

/**
 * Makes typed settings of written ones, or says everything that is wrong with them: whoever holds
 * the result holds it whole.
 */
public final class SettingsBuilder {
    private final RawSettings raw;
    private final Values values;
    private final LoginSources sources;
    private final Problems problems;

    private SettingsBuilder(RawSettings raw, LoginSources sources, Problems problems) {
        this.raw = raw;
        this.sources = sources;
        this.problems = problems;
        this.values =
                new Values(
                        SettingKey.Scope.GLOBAL,
                        raw.global(),
                        "",
                        new Position(raw.file(), 0),
                        problems);
    }

    /**
     * @param raw what they were made from, for SHOW CONFIG, SET and the next reload
     * @param remarks warnings and notes, to be logged
     */
    public record Built(RawSettings raw, ProxySettings settings, List<Problem> remarks) {}

    /**
     * @param problems with what the reader of the file found
     * @throws SettingsException with all errors, the reader's too
     */
    public static Built build(RawSettings raw, LoginSources sources, Problems problems) {
        ProxySettings settings = new SettingsBuilder(raw, sources, problems).settings();
        problems.refuseErrors();
        return new Built(raw, settings, problems.all());
    }

    private ProxySettings settings() {
        DatabaseBuilder databases = new DatabaseBuilder(values, sources, problems);
        TreeMap<String, DatabaseSettings> named = new TreeMap<>();
        raw.databases().forEach((name, entry) -> named.put(name, databases.build(entry)));
        Optional<DatabaseSettings> any = Optional.ofNullable(named.remove("*"));
        TreeMap<String, UserSettings> users = new TreeMap<>();
        raw.users().forEach((name, entry) -> users.put(name, UserBuilder.build(entry, problems)));
        raw.peers().values().forEach(this::peer);
        raw.peers().values().stream().findFirst().ifPresent(this::notePeers);
        return new ProxySettings(
                listen(),
                new LoginBuilder(raw, values, sources, problems).build(),
                TlsBuilder.client(values, problems),
                TlsBuilder.server(values, problems),
                named,
                any,
                users,
                limits(),
                pool(),
                timeouts(),
                state(),
                log(),
                new ProcessSettings(
                        values.get(ProcessKeys.LOGFILE), values.get(ProcessKeys.PIDFILE)));
    }

    private ListenSettings listen() {
        String directory = values.get(ListenKeys.UNIX_SOCKET_DIR);
        List<String> addresses = values.get(ListenKeys.LISTEN_ADDR);
        if (directory.startsWith("@")) {
            problems.error(
                    values.at(ListenKeys.UNIX_SOCKET_DIR),
                    "unix_socket_dir names an abstract socket, which Howdah cannot open",
                    "Name a directory, or leave it empty for no unix socket");
        }
        if (addresses.isEmpty() && directory.isEmpty()) {
            problems.error(
                    values.at(ListenKeys.LISTEN_ADDR),
                    "there is nowhere to listen: listen_addr and unix_socket_dir are both empty",
                    "Set listen_addr, such as to 127.0.0.1");
        }
        return new ListenSettings(
                addresses,
                values.get(ListenKeys.LISTEN_PORT),
                directory(directory),
                values.text(ListenKeys.UNIX_SOCKET_GROUP),
                sockets(),
                switch (values.get(ListenKeys.TRANSPORT)) {
                    case AUTO -> Optional.empty();
                    case IO_URING -> Optional.of(TransportKind.IO_URING);
                    case NIO -> Optional.of(TransportKind.NIO);
                },
                values.get(ListenKeys.LOOPS));
    }

    private List<Path> directory(String text) {
        try {
            return SettingType.FILE.parse().apply(text).stream().toList();
        } catch (IllegalArgumentException wrong) {
            problems.error(
                    values.at(ListenKeys.UNIX_SOCKET_DIR),
                    "unix_socket_dir " + wrong.getMessage(),
                    "Name a directory");
            return List.of();
        }
    }

    private SocketSettings sockets() {
        KeepAlive probes =
                new KeepAlive(
                        Duration.ofSeconds(values.get(ListenKeys.TCP_KEEPIDLE)),
                        Duration.ofSeconds(values.get(ListenKeys.TCP_KEEPINTVL)),
                        values.get(ListenKeys.TCP_KEEPCNT));
        return new SocketSettings(
                values.get(ListenKeys.LISTEN_BACKLOG),
                values.get(ListenKeys.SO_REUSEPORT),
                values.get(ListenKeys.TCP_KEEPALIVE) ? Optional.of(probes) : Optional.empty(),
                values.get(ListenKeys.TCP_USER_TIMEOUT),
                values.get(ListenKeys.TCP_SOCKET_BUFFER),
                values.get(ListenKeys.UNIX_SOCKET_MODE));
    }

    private Limits limits() {
        return new Limits(
                values.get(PoolKeys.MAX_CLIENT_CONN),
                values.get(PoolKeys.MAX_DB_CONNECTIONS),
                values.get(PoolKeys.MAX_DB_CLIENT_CONNECTIONS),
                values.get(PoolKeys.MAX_USER_CONNECTIONS),
                values.get(PoolKeys.MAX_USER_CLIENT_CONNECTIONS),
                values.get(ListenKeys.MAX_PACKET_SIZE));
    }

    private PoolSettings pool() {
        return new PoolSettings(
                values.get(PoolKeys.POOL_MODE),
                values.get(PoolKeys.DEFAULT_POOL_SIZE),
                values.get(PoolKeys.MIN_POOL_SIZE),
                values.get(PoolKeys.RESERVE_POOL_SIZE),
                values.get(PoolKeys.RESERVE_POOL_TIMEOUT),
                values.get(PoolKeys.SERVER_ROUND_ROBIN),
                values.get(PoolKeys.SERVER_FAST_CLOSE));
    }

    private Timeouts timeouts() {
        return new Timeouts(
                values.get(TimeKeys.CLIENT_LOGIN_TIMEOUT),
                values.get(TimeKeys.CLIENT_IDLE_TIMEOUT),
                values.get(TimeKeys.QUERY_WAIT_TIMEOUT),
                values.get(TimeKeys.QUERY_WAIT_NOTIFY),
                values.get(TimeKeys.QUERY_TIMEOUT),
                values.get(TimeKeys.TRANSACTION_TIMEOUT),
                values.get(TimeKeys.IDLE_TRANSACTION_TIMEOUT),
                values.get(TimeKeys.SERVER_CONNECT_TIMEOUT),
                values.get(TimeKeys.SERVER_LOGIN_RETRY),
                values.get(TimeKeys.SERVER_LIFETIME),
                values.get(TimeKeys.SERVER_IDLE_TIMEOUT),
                values.get(TimeKeys.SERVER_CHECK_DELAY),
                values.get(TimeKeys.CANCEL_WAIT_TIMEOUT),
                values.get(TimeKeys.AUTODB_IDLE_TIMEOUT),
                values.get(TimeKeys.POOL_IDLE_TIMEOUT),
                values.get(TimeKeys.DNS_MAX_TTL),
                values.get(TimeKeys.DRAIN_TIMEOUT));
    }

    private StateSettings state() {
        return new StateSettings(
                Set.copyOf(values.get(StateKeys.IGNORE_STARTUP_PARAMETERS)),
                Set.copyOf(values.get(StateKeys.TRACK_EXTRA_PARAMETERS)),
                values.get(StateKeys.SERVER_RESET_QUERY),
                values.get(StateKeys.SERVER_RESET_QUERY_ALWAYS),
                values.text(StateKeys.SERVER_CHECK_QUERY)
                        .map(query -> query.equals("<empty>") ? "" : query),
                values.get(StateKeys.MAX_PREPARED_STATEMENTS),
                values.get(StateKeys.AUTO_PREPARE),
                values.get(StateKeys.APPLICATION_NAME_ADD_HOST),
                values.text(StateKeys.LOGIN_NOTIFY_MESSAGE),
                values.get(StateKeys.DISABLE_PQEXEC));
    }

    private LogSettings log() {
        Optional<String> metrics = values.text(LogKeys.METRICS_LISTEN);
        if (metrics.isPresent() && !isAddress(metrics.get())) {
            problems.error(
                    values.at(LogKeys.METRICS_LISTEN),
                    "metrics_listen is %s, which is no address with a port"
                            .formatted(Quoted.of(metrics.get())),
                    "Write it as 127.0.0.1:9127");
        }
        return new LogSettings(
                values.get(LogKeys.LOG_CONNECTIONS),
                values.get(LogKeys.LOG_DISCONNECTIONS),
                values.get(LogKeys.LOG_POOLER_ERRORS),
                values.get(LogKeys.STATS_PERIOD),
                values.get(LogKeys.LOG_STATS),
                values.get(LogKeys.VERBOSE),
                values.get(LogKeys.SLOW_STATEMENT),
                metrics);
    }

    private static boolean isAddress(String text) {
        try {
            URI address = new URI("tcp://" + text);
            return address.getHost() != null
                    && address.getPort() >= 0
                    && address.getPort() < 65_536
                    && address.getRawPath().isEmpty();
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private void peer(RawEntry entry) {
        try {
            SettingNumbers.whole(entry.name(), 1, 65_535);
        } catch (IllegalArgumentException wrong) {
            problems.error(
                    entry.at(),
                    "peer %s %s".formatted(Quoted.of(entry.name()), wrong.getMessage()),
                    "Name it by its peer_id");
        }
        new Values(
                SettingKey.Scope.PEER,
                entry.values(),
                "peer %s: ".formatted(Quoted.of(entry.name())),
                entry.at(),
                problems);
    }

    private void notePeers(RawEntry first) {
        problems.note(
                first.at(),
                "peers are accepted, without effect",
                "They may stay: one process has as many loops as it needs, and requests to cancel are not forwarded to others");
    }
}
