package org.howdah.proxy;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.howdah.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/** The connections of a pool that nobody uses. Its pool holds the lock. */
final class IdleServers {

    /** Connections that are looked at for one that fits best. */
    private static final int MOST_LOOKS = 32;

    private final ArrayDeque<Server> idle = new ArrayDeque<>();

    int size() {
        return idle.size();
    }

    void add(Server server) {
        idle.addLast(server);
    }

    boolean remove(Server server) {
        return idle.remove(server);
    }

    boolean contains(Server server) {
        return idle.contains(server);
    }

    /** Takes all of them away. */
    List<Server> takeAll() {
        List<Server> all = List.copyOf(idle);
        idle.clear();
        return all;
    }

    /** The one that nobody has used for the longest time. */
    Optional<Server> longest() {
        return idle.stream().min(Comparator.comparingLong(Server::idleSince));
    }

    /** The one that has waited longest for use: each gets its turn. */
    @Nullable Server takeFirst() {
        return idle.pollFirst();
    }

    /**
     * The one used last, if it can be one of this loop and with the settings that the client needs:
     * what is not needed gets old and is closed.
     */
    @Nullable Server takeBest(EventLoop loop, SessionSettings settings) {
        Server last = idle.peekLast();
        if (last == null || (last.livesOn(loop) && last.session().settings().are(settings))) {
            return idle.pollLast();
        }
        Server near = null;
        int looks = MOST_LOOKS;
        for (var servers = idle.descendingIterator(); servers.hasNext() && looks-- > 0; ) {
            Server server = servers.next();
            if (server.livesOn(loop)) {
                near = near == null ? server : near;
                if (server.session().settings().are(settings)) {
                    servers.remove();
                    return server;
                }
            }
        }
        if (near == null) {
            return idle.pollLast();
        }
        idle.remove(near);
        return near;
    }
}
