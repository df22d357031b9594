package org.howdah.proxy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clients that wait for a server connection, first come, first served. Its pool holds the lock.
 */
final class WaitingLine {

    private final ArrayDeque<Client> waiting = new ArrayDeque<>();

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Those who have gone meanwhile included. */
    int size() {
        return waiting.size();
    }

    void add(Client client) {
        waiting.addLast(client);
    }

    /** Somebody whose turn had come gets it next. */
    void addFirst(Client client) {
        waiting.addFirst(client);
    }

    /** Whose turn it is. */
    @Nullable Client take() {
        Client next = waiting.poll();
        while (next != null && !next.open()) {
            next = waiting.poll();
        }
        return next;
    }

    List<Client> takeAll() {
        List<Client> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /** Those who have waited for longer than this, and those who have gone. */
    List<Client> takeLate(Duration most, long now) {
        List<Client> late = new ArrayList<>();
        Client first = waiting.peek();
        while (first != null
                && (!first.open() || (most.isPositive() && now - first.since() > most.toNanos()))) {
            late.add(waiting.remove());
            first = waiting.peek();
        }
        return late;
    }

    /** Whether the first has waited for longer than this. */
    boolean waitsLongerThan(Duration time, long now) {
        Client first = waiting.peek();
        return first != null && time.isPositive() && now - first.since() > time.toNanos();
    }

    /** Those who are still there. */
    int count() {
        return (int) waiting.stream().filter(Client::open).count();
    }

    /** When the first of them began to wait, by {@link System#nanoTime}; 0: nobody waits. */
    long oldest() {
        return waiting.stream().filter(Client::open).mapToLong(Client::since).min().orElse(0);
    }
}
