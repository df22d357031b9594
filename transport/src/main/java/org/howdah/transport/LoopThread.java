package org.howdah.transport;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop: a platform thread that turns for as long as it lives. A turn is: send what the
 * last one collected and wait; tell the receivers; run the timers that are due and the tasks that
 * were left; run what wants to run at the end of each turn.
 */
final class LoopThread implements EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final TaskRunner runner = this::runSafely;
    private final Mailbox mailbox = new Mailbox();
    private final Timers timers = new Timers();
    private final List<Runnable> atEndOfTurn = new ArrayList<>();
    private final Thread thread;
    private final LoadMeter load;
    private @Nullable Transport transport;
    private long turnNanos = System.nanoTime();
    private volatile long turns;
    private volatile boolean ending;
    private volatile boolean ended;

    private LoopThread(String name, CompletableFuture<Transport> started, Opener opener) {
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> run(opener, started));
        this.load = new LoadMeter(() -> THREADS.getThreadCpuTime(thread.threadId()));
    }

    /** Makes the sockets' side of a loop; called by the loop's own thread. */
    @FunctionalInterface
    interface Opener {
        Transport open(LoopThread loop);
    }

    /**
     * Starts a loop.
     *
     * @throws TransportException when the transport cannot be opened
     */
    static LoopThread start(String name, Opener opener) {
        CompletableFuture<Transport> started = new CompletableFuture<>();
        LoopThread loop = new LoopThread(name, started, opener);
        loop.thread.start();
        try {
            started.join();
            return loop;
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof TransportException ours) {
                throw ours;
            }
            throw failure;
        }
    }

    private void run(Opener opener, CompletableFuture<Transport> started) {
        try (Transport opened = opener.open(this)) {
            transport = opened;
            started.complete(opened);
            while (!ending) {
                turn(opened);
            }
        } catch (RuntimeException | Error failure) {
            if (!started.completeExceptionally(failure)) {
                LOG.error(
                        "Event loop {} has failed; its sockets are closed.",
                        thread.getName(),
                        failure);
            }
        } finally {
            ending = true;
            ended = true;
            abandonArrivals();
        }
    }

    private void turn(Transport sockets) {
        long wait = timers.untilNextNanos(System.nanoTime());
        if (wait != 0 && !mailbox.goToSleep()) {
            wait = 0;
        }
        sockets.await(ending ? 0 : wait);
        mailbox.awake();
        turnNanos = System.nanoTime();
        turns = turns() + 1;
        boolean happened = sockets.deliver();
        happened |= timers.runDue(turnNanos, runner);
        happened |= mailbox.run(runner);
        if (happened) {
            for (int i = 0; i < atEndOfTurn.size(); i++) {
                runner.run(atEndOfTurn.get(i));
            }
        }
    }

    private void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("A task of event loop {} has failed.", thread.getName(), failure);
        }
    }

    /** Channels on their way to a loop that has ended would leak their sockets. */
    private void abandonArrivals() {
        for (Runnable task = mailbox.discard(); task != null; task = mailbox.discard()) {
            if (task instanceof StreamChannel.Arrival arrival) {
                arrival.abandon();
            }
        }
    }

    @Override
    public void execute(Runnable task) {
        if (mailbox.leave(task)) {
            sockets().wakeUp();
        }
        if (ended) {
            abandonArrivals();
        }
    }

    /** For another loop's channel that moves here. */
    Transport sockets() {
        Transport opened = transport;
        if (opened == null) {
            throw new IllegalStateException("Event loop " + thread.getName() + " has not started.");
        }
        return opened;
    }

    @Override
    public boolean inLoop() {
        return thread.equals(Thread.currentThread());
    }

    @Override
    public long turnNanos() {
        return turnNanos;
    }

    @Override
    public void every(Duration interval, Runnable task) {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("An interval of " + interval + " would never end.");
        }
        after(interval, new Repeating(interval, task));
    }

    @Override
    public void after(Duration delay, Runnable task) {
        long due = System.nanoTime() + delay.toNanos();
        if (inLoop()) {
            timers.at(due, task);
        } else {
            execute(() -> timers.at(due, task));
        }
    }

    @Override
    public void atEndOfTurn(Runnable task) {
        if (inLoop()) {
            atEndOfTurn.add(task);
        } else {
            execute(() -> atEndOfTurn.add(task));
        }
    }

    @Override
    public Listening listen(SocketAddress address, SocketSettings settings, Acceptor acceptor)
            throws IOException {
        checkInLoop();
        return sockets().listen(address, settings, acceptor);
    }

    @Override
    public Channel connect(SocketAddress address, SocketSettings settings, Receiver receiver) {
        checkInLoop();
        return sockets().connect(address, settings, receiver);
    }

    private void checkInLoop() {
        if (!inLoop()) {
            throw new IllegalStateException(
                    "Only the thread of event loop " + thread.getName() + " may do this.");
        }
    }

    @Override
    public int channels() {
        return sockets().channels();
    }

    @Override
    public double load() {
        return load.sinceLast();
    }

    @Override
    public long turns() {
        return turns;
    }

    @Override
    public Choice choice() {
        return sockets().choice();
    }

    @Override
    public void close() {
        ending = true;
        if (inLoop()) {
            return;
        }
        if (mailbox.wake()) {
            sockets().wakeUp();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException interruption) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return thread.getName();
    }

    /** A timer that sets itself again; a run that is late does not make the next one early. */
    private final class Repeating implements Runnable {
        private final Duration interval;
        private final Runnable task;

        Repeating(Duration interval, Runnable task) {
            this.interval = interval;
            this.task = task;
        }

        @Override
        public void run() {
            after(interval, this);
            task.run();
        }
    }
}
