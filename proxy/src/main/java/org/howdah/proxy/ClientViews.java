package org.howdah.proxy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The clients as the console lists them. They are looked at from outside of their loops, which is
 * not stopped for it: what is shown of one may be a moment old.
 */
final class ClientViews {

    private static final long SECOND = 1_000_000_000;
    private static final int MICRO = 1000;

    private ClientViews() {}

    static List<SocketView> all(Proxy proxy) {
        Moment now = new Moment(Instant.now(), System.nanoTime());
        return proxy.clientTable().all().stream().map(client -> view(client, now)).toList();
    }

    /** The same moment on both clocks. */
    record Moment(Instant wall, long nanos) {

        Instant at(long otherNanos) {
            return wall.minus(Duration.ofNanos(nanos - otherNanos));
        }
    }

    private static SocketView view(Client client, Moment now) {
        Server server = client.server();
        boolean waiting = client.waiting();
        return new SocketView(
                "C",
                client.pool().key().user(),
                client.pool().key().database(),
                waiting ? "waiting" : server == null ? "idle" : "active",
                client.channel().remote(),
                client.channel().local(),
                now.at(client.connectedSeconds() * SECOND),
                now.at(client.since()),
                waiting ? Math.max(0, now.nanos() - client.since()) / MICRO : 0,
                false,
                id(client),
                server == null ? "" : ServerViews.id(server),
                0,
                SocketView.tls(client.channel()),
                "",
                statements(client),
                client.number(),
                client.channel().backlogBytes());
    }

    /** Tells it apart from all other connections. */
    static String id(Client client) {
        return "c%08x".formatted(client.number());
    }

    private static int statements(Client client) {
        ClientStatements own = client.statementsIfAny();
        return own == null ? 0 : own.size();
    }
}
