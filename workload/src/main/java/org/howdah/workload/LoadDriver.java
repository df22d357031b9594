package org.howdah.workload;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.howdah.report.Progress;
import org.howdah.report.Quantity;

/**
 * Sends a workload's requests and measures. Each connection is served by a virtual thread; the
 * calling thread watches the time, ends what overruns, and samples the queue. Nothing is retried.
 */
public final class LoadDriver {
    private static final long TICK_MILLIS = 50;

    private final Statements statements;
    private final Population population;
    private final ConnectionSource writer;
    private final List<ConnectionSource> readers;
    private final InstantSource clock;
    private final AtomicReference<Optional<LoadRun>> running =
            new AtomicReference<>(Optional.empty());
    private volatile boolean cancelled;

    /**
     * @param readers for reports, shared among the connections; none sends them to the writer
     */
    public LoadDriver(
            Workload workload,
            Population population,
            Names names,
            ConnectionSource writer,
            List<ConnectionSource> readers,
            InstantSource clock) {
        this.statements = new Statements(workload, names);
        this.population = population;
        this.writer = writer;
        this.readers = List.copyOf(readers);
        this.clock = clock;
    }

    /**
     * Runs the plan to its end or until {@link #cancel()} or an interruption, which the result
     * tells.
     *
     * @throws WorkloadException where the first connections cannot be opened
     */
    public LoadResult run(LoadPlan plan, Progress progress) {
        List<Client> clients = connect(plan.pace().connections());
        try {
            LoadRun run =
                    new LoadRun(
                            plan,
                            new Requests(statements.workload(), population, plan.seed()),
                            statements.workload().transactions().size());
            running.set(Optional.of(run));
            if (cancelled) {
                run.stop();
            }
            var startedAt = clock.instant().plus(plan.warmUp());
            CountDownLatch workers = start(run, clients);
            watch(run, clients, workers, progress);
            return run.result(statements.workload(), startedAt);
        } finally {
            running.set(Optional.empty());
            clients.forEach(Client::close);
        }
    }

    /** Ends a run promptly, from any thread: running statements are cancelled. */
    public void cancel() {
        cancelled = true;
        running.get().ifPresent(LoadRun::stop);
    }

    private List<Client> connect(int connections) {
        List<Client> clients = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                Client client = new Client(statements, writer, reader(i));
                clients.add(client);
                client.connect();
            }
            return clients;
        } catch (SQLException failure) {
            clients.forEach(Client::close);
            throw WorkloadException.statement("A connection of the load", failure);
        } catch (RuntimeException failure) {
            clients.forEach(Client::close);
            throw failure;
        }
    }

    private Optional<ConnectionSource> reader(int client) {
        return readers.isEmpty()
                ? Optional.empty()
                : Optional.of(readers.get(client % readers.size()));
    }

    private static CountDownLatch start(LoadRun run, List<Client> clients) {
        CountDownLatch workers = new CountDownLatch(clients.size());
        IntStream.range(0, clients.size())
                .forEach(index ->
                        Thread.ofVirtual()
                                .name("load-" + index)
                                .start(() -> {
                                    try {
                                        run.work(index, clients.get(index));
                                    } finally {
                                        workers.countDown();
                                    }
                                }));
        return workers;
    }

    private static void watch(
            LoadRun run, List<Client> clients, CountDownLatch workers, Progress progress) {
        long seconds = run.plan().warmUp().plus(run.plan().duration()).toSeconds();
        boolean interrupted = false;
        Ending ending = new Ending(clients);
        try (Progress.Step step = progress.step(run.title(), seconds, Quantity.SECONDS, "")) {
            while (!finished(workers)) {
                interrupted |= Thread.interrupted();
                if (interrupted) {
                    run.stop();
                }
                run.tick();
                step.reach(Math.min(seconds, run.elapsedSeconds()));
                step.note(run.note());
                if (run.overrun()) {
                    ending.proceed();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean finished(CountDownLatch workers) {
        try {
            return workers.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interruption) {
            // The loop sees the flag, stops the run and waits for its workers.
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
