package org.howdah.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.howdah.postgres.Environment;

/** A proxy for tests with the connections that lead to it. */
record TestProxy(Proxy proxy) implements AutoCloseable {

    static TestProxy start(TestSettings settings) {
        return start(settings.built(), settings.source());
    }

    static TestProxy start(SettingsBuilder.Built built, SettingsSource source) {
        try {
            return new TestProxy(Proxy.start(built, source));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static TestProxy start(TestSettings settings, Environment environment) {
        try {
            return new TestProxy(Proxy.start(settings.built(), settings.source(), environment));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return ((InetSocketAddress) proxy.addresses().getFirst()).getPort();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    /** Somebody at the console. */
    TestConsole console(String user) {
        return TestConsole.enter(this, user);
    }

    /** A connection of the driver with these options, such as {@code preferQueryMode=simple}. */
    Connection connect(String... options) throws SQLException {
        return connectTo(port(), options);
    }

    /** The same to whoever listens on this port. */
    static Connection connectTo(int port, String... options) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("sslmode", "disable");
        for (String option : options) {
            int equals = option.indexOf('=');
            properties.setProperty(option.substring(0, equals), option.substring(equals + 1));
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:"
                        + port
                        + "/"
                        + properties.getOrDefault("database", TestSettings.DATABASE),
                properties);
    }

    /** The reasons for which clients are pinned. */
    List<Set<Pin>> pins() {
        return proxy.pins().stream().map(PinState::reasons).toList();
    }

    @Override
    public void close() {
        proxy.close();
    }
}
