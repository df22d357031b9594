package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One server for several processes: whoever comes first starts it, whoever leaves last stops it. A
 * user that is killed has left too: a {@link Watchdog} sees to it.
 */
public final class SharedServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Server server;
    private final Path change;
    private final Path use;
    private final HeldLock used;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private SharedServer(Server server, Path change, Path use, HeldLock used) {
        this.server = server;
        this.change = change;
        this.use = use;
        this.used = used;
    }

    /**
     * Uses the server in that directory, starting it when nobody else does. The options of the one
     * who starts it hold; only the major version must be the same. The lifetime in them is ignored.
     */
    public static SharedServer join(Path directory, ServerOptions options, Host host) {
        Path place = directory.toAbsolutePath().normalize();
        try {
            Directories.open(place, host.account());
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The directory " + place + " cannot hold a server: " + Causes.text(failed),
                    "Choose a directory that is writable.",
                    failed);
        }
        Path change = place.resolve("change.lock");
        Path use = place.resolve("use.lock");
        try (HeldLock _ = HeldLock.exclusive(change, PATIENCE)) {
            HeldLock used = HeldLock.shared(use, PATIENCE);
            try {
                ServerOptions detached = options.withLifetime(Lifetime.DETACHED);
                Server server = Server.in(place, detached, host);
                if (server.frozen()) {
                    server.crash();
                }
                if (!server.running()) {
                    server.start();
                }
                new Watchdog(use, change, server.data()).start();
                return new SharedServer(server, change, use, used);
            } catch (RuntimeException failed) {
                used.close();
                throw failed;
            }
        }
    }

    public Server server() {
        return server;
    }

    /** Leaves; the last one stops the server. */
    @Override
    public void close() {
        if (!open.compareAndSet(true, false)) {
            return;
        }
        try (HeldLock _ = HeldLock.exclusive(change, PATIENCE)) {
            used.close();
            HeldLock.tryAlone(use, PATIENCE)
                    .ifPresent(alone -> {
                        server.join();
                        server.close();
                        alone.close();
                    });
        }
    }
}
