package org.howdah.proxy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The server connections as the console lists them, each seen by its own loop. */
final class ServerViews {

    private ServerViews() {}

    /** A connection with the pool that it belongs to. */
    record Entry(PoolKey pool, SocketView view) {}

    static List<Entry> all(Proxy proxy) {
        return proxy.onEach(ServerViews::ofLoop).stream().flatMap(List::stream).toList();
    }

    private static List<Entry> ofLoop(ProxyLoop home) {
        var now = new ClientViews.Moment(Instant.now(), System.nanoTime());
        List<Entry> entries = new ArrayList<>();
        for (Server server : home.servers().all()) {
            entries.add(new Entry(server.pool().key(), view(server, now)));
        }
        for (ServerLogin dial : home.dials().all()) {
            entries.add(new Entry(dial.pool().key(), view(dial, now)));
        }
        return entries;
    }

    private static SocketView view(Server server, ClientViews.Moment now) {
        Client client = server.client();
        Pool pool = server.pool();
        return new SocketView(
                "S",
                user(pool),
                pool.key().database(),
                state(server, now.nanos()),
                server.channel().remote(),
                server.channel().local(),
                now.at(server.identity().madeAt()),
                now.at(server.work().busySince()),
                0,
                server.epoch() != pool.state().epoch(),
                id(server),
                client == null ? "" : ClientViews.id(client),
                server.identity().key().processId(),
                SocketView.tls(server.channel()),
                "",
                server.statements().size(),
                server.identity().number(),
                server.channel().backlogBytes());
    }

    private static SocketView view(ServerLogin dial, ClientViews.Moment now) {
        return new SocketView(
                "S",
                user(dial.pool()),
                dial.pool().key().database(),
                "new",
                dial.address(),
                dial.address(),
                now.at(dial.since()),
                now.at(dial.since()),
                0,
                false,
                "",
                "",
                0,
                "",
                "",
                0,
                0,
                0);
    }

    private static String user(Pool pool) {
        return pool.terms().database().backend().user().orElse(pool.key().user());
    }

    /** One word for what it does. */
    private static String state(Server server, long now) {
        if (server.client() != null) {
            return "active";
        }
        if (server.cancels().any()) {
            return "being_canceled";
        }
        if (server.cleaning().active()) {
            return "tested";
        }
        long delay = server.pool().terms().times().serverCheckDelay().toNanos();
        return now - server.idleSince() > delay ? "used" : "idle";
    }

    /** Tells it apart from all other connections. */
    static String id(Server server) {
        return "s%08x".formatted(server.identity().number());
    }
}
