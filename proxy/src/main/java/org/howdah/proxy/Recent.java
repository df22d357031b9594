package org.howdah.proxy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers that are believed for a moment; the oldest goes when there are too many. Any thread. */
final class Recent<K, V> {

    /** Long enough for a rush of logins, short enough that nobody waits for a new password. */
    static final Duration BELIEVED = Duration.ofSeconds(2);

    private final int most;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

    Recent(int most) {
        this.most = most;
    }

    private record Entry<V>(V value, long at) {}

    synchronized Optional<V> find(K key, long now) {
        Entry<V> entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (now - entry.at() > BELIEVED.toNanos()) {
            entries.remove(key);
            return Optional.empty();
        }
        return Optional.of(entry.value());
    }

    synchronized void keep(K key, V value, long now) {
        entries.remove(key);
        entries.put(key, new Entry<>(value, now));
        if (entries.size() > most) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    synchronized void forget(Predicate<K> which) {
        entries.keySet().removeIf(which);
    }

    synchronized void clear() {
        entries.clear();
    }
}
