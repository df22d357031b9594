package org.howdah.proxy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What an administrator has stopped: everything, or single databases. Any thread. */
final class Gate {

    private Flow all = Flow.OPEN;
    private final Map<String, Flow> databases = new HashMap<>();
    private final Set<String> disabled = new HashSet<>();

    /** What holds for a database. */
    synchronized Flow of(String database) {
        return all == Flow.OPEN ? databases.getOrDefault(database, Flow.OPEN) : all;
    }

    /** What holds for all. */
    synchronized Flow all() {
        return all;
    }

    synchronized void all(Flow flow) {
        all = flow;
    }

    /** What was said of this one database. */
    synchronized Flow own(String database) {
        return databases.getOrDefault(database, Flow.OPEN);
    }

    synchronized void own(String database, Flow flow) {
        if (flow == Flow.OPEN) {
            databases.remove(database);
        } else {
            databases.put(database, flow);
        }
    }

    /** Nothing holds for single databases any more. */
    synchronized void openOwn() {
        databases.clear();
    }

    /** Whether any database was stopped by its name. */
    synchronized boolean anyOwn() {
        return !databases.isEmpty();
    }

    /** Whether nobody may log in to this database. */
    synchronized boolean disabled(String database) {
        return disabled.contains(database);
    }

    synchronized void disable(String database) {
        disabled.add(database);
    }

    synchronized void enable(String database) {
        disabled.remove(database);
    }
}
