package org.howdah.proxy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the clients of a pool are greeted: as the server greeted the first connection. Those who come
 * before there was one wait for it.
 */
final class Newcomers {

    private final Set<Consumer<Welcome>> waiting = new LinkedHashSet<>();
    private volatile @Nullable Welcome welcome;

    /** Greets at once if it is known how. Answers false if the newcomer has to wait. */
    boolean greet(Consumer<Welcome> newcomer) {
        Welcome known = welcome;
        if (known == null) {
            synchronized (this) {
                known = welcome;
                if (known == null) {
                    waiting.add(newcomer);
                    return false;
                }
            }
        }
        newcomer.accept(known);
        return true;
    }

    synchronized boolean anyWaits() {
        return !waiting.isEmpty();
    }

    /** It waits no longer. */
    synchronized void forget(Consumer<Welcome> newcomer) {
        waiting.remove(newcomer);
    }

    /** A server has said how it greets: those who wait are told. */
    void learn(Welcome greeting) {
        welcome = greeting;
        tell(greeting);
    }

    /** Those who wait are told to go. */
    void refuse(Refusal why) {
        tell(Welcome.refused(why));
    }

    private void tell(Welcome answer) {
        List<Consumer<Welcome>> told;
        synchronized (this) {
            told = List.copyOf(waiting);
            waiting.clear();
        }
        told.forEach(newcomer -> newcomer.accept(answer));
    }
}
