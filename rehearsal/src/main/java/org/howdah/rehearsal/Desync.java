package org.howdah.rehearsal;

import java.net.SocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.howdah.embedded.Server;
import org.howdah.embedded.TestServer;

/**
 * The desync fuzzer: many clients send random pipelines through a proxy with few server
 * connections. Whatever they run answers with an identifier of its own, and each client knows,
 * message by message, what a PostgreSQL session answers. A row of somebody else, a reply that is
 * lost or comes twice, a cancel that hits what it was not meant for, a hang and a connection that
 * is lost to the pool are found. The first one ends the run; its seed makes the clients send the
 * same again.
 */
public final class Desync {

    private static final Duration LOOK = Duration.ofMillis(200);

    private final DesyncOptions options;
    private final Server server;
    private final Consumer<Long> progress;
    private final DesyncCounters counters = DesyncCounters.zero();
    private final AtomicReference<String> problem = new AtomicReference<>("");

    /**
     * @param server a throwaway one, of whose default database tables and functions are made
     * @param progress is told now and then how many messages were sent and judged
     */
    public Desync(DesyncOptions options, Server server, Consumer<Long> progress) {
        this.options = options;
        this.server = server;
        this.progress = progress;
    }

    /** Through a proxy of its own, as the options have it. */
    public DesyncResult run() {
        try (DesyncProxy proxy = DesyncProxy.start(options, server.port())) {
            against(proxy.address());
            if (problem.get().isEmpty()) {
                DesyncLeaks.find(proxy.address(), options, server)
                        .ifPresent(leak -> problem.compareAndSet("", leak));
            }
        }
        return result();
    }

    /**
     * Against whoever listens there and leads to the server, or the server itself, which must be
     * right: so the judges are judged.
     */
    public DesyncResult against(SocketAddress address) {
        DesyncSchema.create(server);
        long end = System.nanoTime() + options.duration().toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < options.clients(); i++) {
            DesyncClient client = new DesyncClient(address, options, i, counters);
            threads.add(Thread.startVirtualThread(() -> run(client, end)));
        }
        threads.add(Thread.startVirtualThread(() -> alter(end)));
        for (Thread thread : threads) {
            await(thread);
        }
        return result();
    }

    private DesyncResult result() {
        return new DesyncResult(
                options,
                counters.operations().sum(),
                counters.cancels().sum(),
                counters.disconnects().sum(),
                counters.alterations().sum(),
                Optional.of(problem.get()).filter(text -> !text.isEmpty()));
    }

    private void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                if (!thread.join(LOOK)) {
                    progress.accept(counters.operations().sum());
                }
            } catch (InterruptedException interruption) {
                problem.compareAndSet("", "interrupted");
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean goesOn(long end) {
        return System.nanoTime() < end && problem.get().isEmpty();
    }

    private void run(DesyncClient client, long end) {
        try {
            client.run(() -> goesOn(end));
        } catch (RuntimeException wrong) {
            String what = wrong instanceof DesyncViolation ? wrong.getMessage() : wrong.toString();
            problem.compareAndSet("", what + "\n(" + options + ")\n" + client.transcript());
        }
    }

    /** Changes the columns of a table that clients read, so that prepared statements get stale. */
    private void alter(long end) {
        while (goesOn(end)) {
            try (Connection connection = server.connect()) {
                connection.createStatement().execute(DesyncSchema.ALTER);
                counters.alterations().increment();
            } catch (SQLException locked) {
                // Its time for the lock is short, so that clients are not held up.
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** A run on a server of its own. */
    public static DesyncResult onItsOwn(DesyncOptions options, Consumer<Long> progress) {
        try (TestServer server = TestServer.start()) {
            return new Desync(options, server.server(), progress).run();
        }
    }
}
