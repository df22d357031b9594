package org.howdah.proxy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The entrances of one pool that a server has confirmed: clients with the same startup settings
 * enter without asking it again. For all loops.
 */
final class Entrances {

    private static final int MOST = 1000;

    private final Map<StartupSettings, Entrance> known = new ConcurrentHashMap<>();
    private final SettingsShare share;
    private volatile SessionSettings fresh = SessionSettings.NONE;

    Entrances(SettingsShare share) {
        this.share = share;
    }

    /** The pool's query on new connections leaves these settings: all clients begin with them. */
    void fresh(SessionSettings settings) {
        if (!settings.are(fresh)) {
            fresh = settings;
            known.clear();
        }
    }

    /** The entrance for these settings, if no server needs to be asked for it. */
    Optional<Entrance> known(StartupSettings wanted, Welcome welcome) {
        if (wanted.obvious()) {
            return Optional.of(shared(Entrance.of(welcome.parameters(), wanted.values())));
        }
        return Optional.ofNullable(known.get(wanted));
    }

    /**
     * A server has taken the settings.
     *
     * @param found what is set there now, by name in lower case
     */
    Entrance confirmed(StartupSettings wanted, Welcome welcome, Map<String, String> found) {
        Map<String, String> values = new TreeMap<>(wanted.values());
        values.replaceAll((name, value) -> found.getOrDefault(name, value));
        Entrance entrance = shared(Entrance.of(welcome.parameters(), values));
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(wanted, entrance);
        return entrance;
    }

    private Entrance shared(Entrance entrance) {
        return new Entrance(share.shared(entrance.base().over(fresh)), entrance.parameters());
    }
}
