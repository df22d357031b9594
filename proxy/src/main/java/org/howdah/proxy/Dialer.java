package org.howdah.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.howdah.proxy.ServerApproach.Wish;
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

    /** Makes a connection to the pool's server. Called by the loop. */
    void dial(Pool pool, ProxyLoop home, Dialed dialed) {
        Backend backend = pool.terms().database().backend();
        List<String> hosts = backend.hosts();
        String host = hosts.get(Math.floorMod(turn.getAndIncrement(), hosts.size()));
        if (host.startsWith("/")) {
            connect(
                    pool,
                    home,
                    dialed,
                    host,
                    UnixDomainSocketAddress.of(Path.of(host, ".s.PGSQL." + backend.port())));
            return;
        }
        Thread.startVirtualThread(() -> {
            try {
                var address = new InetSocketAddress(InetAddress.getByName(host), backend.port());
                home.loop().execute(() -> connect(pool, home, dialed, host, address));
            } catch (UnknownHostException unknown) {
                var why = new Refusal("08001", "the host \"" + host + "\" is not known");
                home.loop().execute(() -> dialed.failed(home, why, false));
            }
        });
    }

    private void connect(
            Pool pool, ProxyLoop home, Dialed dialed, String host, SocketAddress address) {
        var target = target(pool, host);
        Wish first = first(target);
        Optional<Wish> otherwise =
                target.tls().isEmpty() ? Optional.empty() : otherwise(target.tls().get().mode());
        attempt(
                new ServerLogin(
                        home,
                        pool,
                        dialed,
                        target,
                        first,
                        entry,
                        otherwise.map(
                                wish -> () -> again(pool, home, dialed, target, wish, address))),
                address);
    }

    /** The first attempt has failed in a way that may be due to encryption, or its lack. */
    private void again(
            Pool pool,
            ProxyLoop home,
            Dialed dialed,
            ServerApproach.Target target,
            Wish wish,
            SocketAddress address) {
        attempt(
                new ServerLogin(home, pool, dialed, target, wish, entry, Optional.empty()),
                address);
    }

    private void attempt(ServerLogin login, SocketAddress address) {
        login.dialed(login.home().loop().connect(address, sockets.get(), login));
    }

    private ServerApproach.Target target(Pool pool, String host) {
        return new ServerApproach.Target(
                host,
                pool.terms().database().backend().port(),
                host.startsWith("/") ? Optional.empty() : entry.tls());
    }

    /** As libpq does; see the table of sslmode in its manual. */
    private static Wish first(ServerApproach.Target target) {
        return target.tls()
                .map(tls ->
                        switch (tls.mode()) {
                            case DISABLE, ALLOW -> Wish.NEVER;
                            case PREFER -> Wish.IF_OFFERED;
                            case REQUIRE, VERIFY_CA, VERIFY_FULL -> Wish.ALWAYS;
                        })
                .orElse(Wish.NEVER);
    }

    private static Optional<Wish> otherwise(TlsSettings.Mode mode) {
        return switch (mode) {
            case ALLOW -> Optional.of(Wish.ALWAYS);
            case PREFER -> Optional.of(Wish.NEVER);
            case DISABLE, REQUIRE, VERIFY_CA, VERIFY_FULL -> Optional.empty();
        };
    }

    /**
     * Asks the server to cancel what runs on this connection. Called by the connection's loop.
     *
     * @param done what is to be done then
     */
    void cancel(Server server, Runnable done) {
        server.cancels().begin();
        ProxyLoop home = server.home();
        var request =
                new CancelCall(
                        server,
                        target(server.pool(), server.identity().target().host()),
                        entry.work(),
                        done);
        request.begin(home.loop().connect(server.channel().remote(), sockets.get(), request));
    }
}
