package org.howdah.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.howdah.transport.SocketSettings;

/** Makes connections to servers: for pools, and to cancel what runs on one. */
final class Dialer {

    private final Supplier<SocketSettings> sockets;
    private final Entry entry;
    private final AtomicInteger turn = new AtomicInteger();

    Dialer(Supplier<SocketSettings> sockets, Entry entry) {
        this.entry = entry;
        this.sockets = sockets;
    }

    /** Makes a connection for the pool; it is told of the outcome. Called by the loop. */
    void dial(Pool pool, ProxyLoop home) {
        Backend backend = pool.terms().database().backend();
        List<String> hosts = backend.hosts();
        String host = hosts.get(Math.floorMod(turn.getAndIncrement(), hosts.size()));
        if (host.startsWith("/")) {
            connect(
                    pool,
                    home,
                    host,
                    UnixDomainSocketAddress.of(Path.of(host, ".s.PGSQL." + backend.port())));
            return;
        }
        Thread.startVirtualThread(() -> {
            try {
                var address = new InetSocketAddress(InetAddress.getByName(host), backend.port());
                home.loop().execute(() -> connect(pool, home, host, address));
            } catch (UnknownHostException unknown) {
                var why = new Refusal("08001", "the host \"" + host + "\" is not known");
                home.loop().execute(() -> pool.failed(home, why, false));
            }
        });
    }

    private void connect(Pool pool, ProxyLoop home, String host, SocketAddress address) {
        ServerLogin login = new ServerLogin(home, pool, host, address, entry);
        login.channel(home.loop().connect(address, sockets.get(), login));
    }

    /**
     * Asks the server to cancel what runs on this connection. Called by the connection's loop.
     *
     * @param done what is to be done then
     */
    void cancel(Server server, Runnable done) {
        server.cancelBegins();
        ProxyLoop home = server.home();
        var request = new CancelCall(server, done);
        request.channel(home.loop().connect(server.address(), sockets.get(), request));
    }
}
