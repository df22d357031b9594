package org.howdah.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/**
 * A thread with its sockets, its timers and a mailbox. Everything that belongs to a loop is touched
 * by its thread only, so that nothing on it needs a lock.
 */
public interface EventLoop extends AutoCloseable {

    /**
     * Runs the task on the loop's thread in one of its next turns, in the order given. Any thread.
     */
    void execute(Runnable task);

    /** Whether the caller is the loop's thread. */
    boolean inLoop();

    /** {@link System#nanoTime} as it was when this turn began. */
    long turnNanos();

    /**
     * Runs the task on the loop's thread again and again, for as long as the loop lives. Any
     * thread.
     */
    void every(Duration interval, Runnable task);

    /** Runs the task on the loop's thread once, not before this time has passed. Any thread. */
    void after(Duration delay, Runnable task);

    /**
     * Runs at the end of each turn in which something happened, before the loop sends and waits.
     * Any thread.
     */
    void atEndOfTurn(Runnable task);

    /** Listens; see {@link SocketSettings}. Loop thread only. */
    Listening listen(SocketAddress address, SocketSettings settings, Acceptor acceptor)
            throws IOException;

    /**
     * Starts to connect; the receiver hears {@code connected} or {@code closed}. Loop thread only.
     */
    Channel connect(SocketAddress address, SocketSettings settings, Receiver receiver);

    /** Open channels. Loop thread only. */
    int channels();

    /**
     * The share of its time that the thread was busy since the last call of this method, 0 to 1.
     */
    double load();

    /** Turns so far. Any thread; may lag. */
    long turns();

    /** Which transport it runs on, and why that one. */
    Choice choice();

    /**
     * Ends the loop: its sockets are closed without telling their receivers, its thread ends. Any
     * thread; waits for the end.
     */
    @Override
    void close();

    /**
     * Which transport was chosen.
     *
     * @param kind the chosen one
     * @param reason for the log and the console, such as "io_uring_setup: Operation not permitted"
     */
    record Choice(TransportKind kind, String reason) {}
}
