package org.howdah.workload;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.howdah.postgres.HowdahException;

/**
 * One run of a load.
 *
 * <p>Open loop: request i is due at start + i / rate, whoever sends it. A free connection takes the
 * next one, waits until it is due, or finds that it was due long ago; either way its response time
 * counts from then. So a server that stands still for a second shows up in all requests of that
 * second and not only in those that were under way ("coordinated omission", G. Tene).
 */
final class LoadRun {
    /** How long a client waits before it opens a connection again that was lost. */
    private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final LoadPlan plan;
    private final Requests requests;
    private final long startNanos;
    private final long beginNanos;
    private final long endNanos;
    private final long deadlineNanos;
    private final Recorder recorder;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean stopped;

    LoadRun(LoadPlan plan, Requests requests, int transactions) {
        this.plan = plan;
        this.requests = requests;
        this.startNanos = System.nanoTime();
        this.beginNanos = startNanos + plan.warmUp().toNanos();
        this.endNanos = beginNanos + plan.duration().toNanos();
        this.deadlineNanos = endNanos + plan.grace().toNanos();
        this.recorder = new Recorder(transactions, beginNanos, endNanos);
    }

    LoadPlan plan() {
        return plan;
    }

    void stop() {
        stopped = true;
    }

    void work(int index, Client client) {
        switch (plan.pace()) {
            case LoadPlan.Pace.OpenLoop open -> workOpen(open, client);
            case LoadPlan.Pace.ClosedLoop closed -> workClosed(closed, index, client);
        }
    }

    private void workOpen(LoadPlan.Pace.OpenLoop pace, Client client) {
        while (!stopped) {
            long number = next.getAndIncrement();
            long due = dueNanos(pace, number);
            if (due - endNanos >= 0) {
                waitUntil(endNanos);
                return;
            }
            waitUntil(due);
            if (stopped) {
                return;
            }
            Request request = requests.of(0, number);
            if (System.nanoTime() - deadlineNanos >= 0) {
                recorder.unserved(request.position(), due, System.nanoTime());
            } else {
                sent.incrementAndGet();
                send(client, request, due);
            }
        }
    }

    private void workClosed(LoadPlan.Pace.ClosedLoop pace, int index, Client client) {
        for (long number = 0; !stopped; number++) {
            long now = System.nanoTime();
            if (now - endNanos >= 0) {
                return;
            }
            send(client, requests.of(index, number), now);
            if (pace.thinkTime().isPositive()) {
                waitUntil(System.nanoTime() + pace.thinkTime().toNanos());
            }
        }
    }

    private void send(Client client, Request request, long due) {
        long begin = System.nanoTime();
        try {
            client.execute(request);
            recorder.success(request.position(), due, begin, System.nanoTime());
        } catch (SQLException failure) {
            failed(client, request, due, failure);
        } catch (HowdahException refused) {
            failed(client, request, due, new SQLException(refused.getMessage(), "08001", refused));
        }
    }

    private void failed(Client client, Request request, long due, SQLException failure) {
        long now = System.nanoTime();
        String state = failure.getSQLState() == null ? "08000" : failure.getSQLState();
        if (overrun()) {
            recorder.unserved(request.position(), due, now);
        } else {
            recorder.failure(request.position(), state, due, now);
        }
        client.discardBroken();
        if (state.startsWith("08") || state.startsWith("57P")) {
            waitUntil(now + RECONNECT_NANOS);
        }
    }

    private long dueNanos(LoadPlan.Pace.OpenLoop pace, long number) {
        return startNanos + Math.round(number * 1e9 / pace.ratePerSecond());
    }

    private void waitUntil(long nanos) {
        long left = nanos - System.nanoTime();
        while (left > 0 && !stopped) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
            left = nanos - System.nanoTime();
        }
    }

    /** Whether statements that still run must be ended. */
    boolean overrun() {
        return stopped || System.nanoTime() - deadlineNanos >= 0;
    }

    /** Samples the queue. */
    void tick() {
        long now = System.nanoTime();
        if (plan.pace() instanceof LoadPlan.Pace.OpenLoop open) {
            double elapsed = (Math.min(now, endNanos) - startNanos) / 1e9;
            long due = (long) Math.floor(elapsed * open.ratePerSecond()) + 1;
            recorder.queue(Math.max(0, due - sent.get()), now);
        }
    }

    long elapsedSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
    }

    String title() {
        return switch (plan.pace()) {
            case LoadPlan.Pace.OpenLoop open ->
                    String.format(
                            Locale.ROOT, "Load at %.1f requests a second", open.ratePerSecond());
            case LoadPlan.Pace.ClosedLoop closed -> "Load by " + closed.connections() + " clients";
        };
    }

    String note() {
        double seconds = Math.max(1e-9, (System.nanoTime() - beginNanos) / 1e9);
        return seconds < 1
                ? "warming up"
                : String.format(Locale.ROOT, "%.0f a second", recorder.completed() / seconds);
    }

    LoadResult result(Workload workload, Instant startedAt) {
        long now = System.nanoTime();
        recorder.finish(now);
        double seconds = Math.clamp((now - beginNanos) / 1e9, 1e-3, seconds(plan.duration()));
        List<LoadResult.StatementResult> each = new ArrayList<>();
        for (int i = 0; i < workload.transactions().size(); i++) {
            each.add(recorder.statement(i, workload.transactions().get(i)));
        }
        boolean open = plan.pace() instanceof LoadPlan.Pace.OpenLoop;
        double offered =
                plan.pace() instanceof LoadPlan.Pace.OpenLoop pace ? pace.ratePerSecond() : 0;
        return new LoadResult(
                workload.name(),
                open ? "open" : "closed",
                startedAt,
                seconds,
                plan.seed(),
                plan.pace().connections(),
                offered,
                recorder.completed() / seconds,
                recorder.unserved(),
                recorder.maxQueue(),
                stopped,
                recorder.service(),
                recorder.response(),
                recorder.errors(),
                each,
                recorder.series());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
