package org.howdah.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.howdah.transport.SocketSettings;
import org.howdah.transport.TransportKind;

/** Settings for tests: one database on one server, clients on a port that the system chooses. */
record TestSettings(
        int serverPort,
        PoolMode mode,
        int poolSize,
        TransportKind transport,
        int loops,
        UnaryOperator<Timeouts> times,
        UnaryOperator<StateSettings> state,
        UnaryOperator<ProxySettings> change) {

    static final String DATABASE = "app";

    static TestSettings of(int serverPort) {
        return new TestSettings(
                serverPort,
                PoolMode.TRANSACTION,
                4,
                TransportKind.NIO,
                1,
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity());
    }

    TestSettings mode(PoolMode value) {
        return new TestSettings(
                serverPort, value, poolSize, transport, loops, times, state, change);
    }

    TestSettings poolSize(int value) {
        return new TestSettings(serverPort, mode, value, transport, loops, times, state, change);
    }

    TestSettings transport(TransportKind value) {
        return new TestSettings(serverPort, mode, poolSize, value, loops, times, state, change);
    }

    TestSettings loops(int value) {
        return new TestSettings(serverPort, mode, poolSize, transport, value, times, state, change);
    }

    TestSettings times(UnaryOperator<Timeouts> value) {
        return new TestSettings(serverPort, mode, poolSize, transport, loops, value, state, change);
    }

    TestSettings state(UnaryOperator<StateSettings> value) {
        return new TestSettings(serverPort, mode, poolSize, transport, loops, times, value, change);
    }

    /** Changes the settings when all are made; see {@link Changed}. */
    TestSettings change(UnaryOperator<ProxySettings> value) {
        UnaryOperator<ProxySettings> former = change;
        return new TestSettings(
                serverPort,
                mode,
                poolSize,
                transport,
                loops,
                times,
                state,
                settings -> value.apply(former.apply(settings)));
    }

    /** As if they had been read from a file. */
    SettingsBuilder.Built built() {
        return new SettingsBuilder.Built(RawSettings.empty("test.ini"), build(), List.of());
    }

    /** A file that never changes. */
    SettingsSource source() {
        return new SettingsSource() {
            @Override
            public SettingsBuilder.Built reload(SettingsBuilder.Built running) {
                return running;
            }

            @Override
            public SettingsBuilder.Built build(RawSettings changed) {
                return new SettingsBuilder.Built(changed, TestSettings.this.build(), List.of());
            }
        };
    }

    ProxySettings build() {
        return change.apply(unchanged());
    }

    private ProxySettings unchanged() {
        Backend backend =
                new Backend(
                        List.of("127.0.0.1"),
                        false,
                        serverPort,
                        "postgres",
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty());
        DatabaseSettings database =
                new DatabaseSettings(
                        DATABASE,
                        backend,
                        Overrides.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return new ProxySettings(
                new ListenSettings(
                        List.of("127.0.0.1"),
                        0,
                        List.of(),
                        Optional.empty(),
                        SocketSettings.DEFAULTS,
                        Optional.of(transport),
                        loops),
                new LoginSettings(
                        AuthMethod.TRUST,
                        List.of(),
                        Map.of("postgres", new Secret("")),
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        Set.of("postgres"),
                        Set.of(),
                        4096),
                TlsSettings.OFF,
                TlsSettings.OFF,
                Map.of(DATABASE, database),
                Optional.empty(),
                Map.of(),
                new Limits(100, 0, 0, 0, 0, Integer.MAX_VALUE),
                new PoolSettings(mode, poolSize, 0, 0, Duration.ZERO, false, false),
                times.apply(TIMES),
                state.apply(STATE),
                new LogSettings(
                        false,
                        false,
                        true,
                        Duration.ZERO,
                        false,
                        0,
                        Duration.ZERO,
                        Optional.empty()),
                new ProcessSettings(Optional.empty(), Optional.empty()));
    }

    private static final Timeouts TIMES =
            new Timeouts(
                    Duration.ofSeconds(60),
                    Duration.ZERO,
                    Duration.ofSeconds(120),
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(1),
                    Duration.ofHours(1),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofHours(1),
                    Duration.ZERO,
                    Duration.ofSeconds(15),
                    Duration.ZERO);

    private static final StateSettings STATE =
            new StateSettings(
                    Set.of(),
                    Set.of("IntervalStyle"),
                    "DISCARD ALL",
                    false,
                    Optional.of("select 1"),
                    200,
                    true,
                    false,
                    Optional.empty(),
                    false);
}
