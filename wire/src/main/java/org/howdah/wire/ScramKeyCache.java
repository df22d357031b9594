package org.howdah.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keys that were derived from passwords, so that each is derived once: the iterations are most of a
 * login's cost. The least recently used goes first. Safe for many threads.
 */
public final class ScramKeyCache {

    private final int mostEntries;
    private final Map<Origin, ScramKeys> entries = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param mostEntries an entry takes about 300 bytes
     */
    public ScramKeyCache(int mostEntries) {
        this.mostEntries = mostEntries;
    }

    /** From the cache, or derived, for which nobody else has to wait. */
    public ScramKeys keys(ScramHash hash, Payload password, ScramSalting salting) {
        Origin origin = new Origin(password, salting);
        Optional<ScramKeys> known = known(origin);
        if (known.isPresent()) {
            return known.get();
        }
        ScramKeys keys = ScramKeys.derive(hash, password.array(), salting);
        synchronized (entries) {
            entries.put(origin, keys);
            if (entries.size() > mostEntries) {
                entries.remove(entries.keySet().iterator().next());
            }
        }
        return keys;
    }

    /** Forgets all, as after a reload of the passwords. */
    public void clear() {
        synchronized (entries) {
            entries.clear();
        }
    }

    private Optional<ScramKeys> known(Origin origin) {
        synchronized (entries) {
            return Optional.ofNullable(entries.get(origin));
        }
    }

    /** The whole password is part of it: a hash of it could be another's. */
    private record Origin(Payload password, ScramSalting salting) {}
}
