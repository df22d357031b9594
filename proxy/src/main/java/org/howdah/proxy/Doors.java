package org.howdah.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.howdah.transport.Channel;
import org.howdah.transport.EventLoop;
import org.howdah.transport.Listening;
import org.howdah.transport.Receiver;
import org.howdah.transport.SocketSettings;

/**
 * Where clients come in. Each address is listened on by one loop, which hands the clients out to
 * all loops in turn: a port that another process has is noticed, unix sockets work the same, and
 * the loops get equally many clients, which the system's own distribution among several listeners
 * does not promise.
 */
final class Doors {

    private final Proxy proxy;
    private final List<ProxyLoop> loops;
    private final List<Door> doors = new ArrayList<>();

    Doors(Proxy proxy, List<ProxyLoop> loops) {
        this.proxy = proxy;
        this.loops = loops;
    }

    /** A listener and the loop that it belongs to. */
    private record Door(EventLoop loop, Listening listening) {}

    /**
     * Listens.
     *
     * @throws IOException when an address cannot be listened on
     */
    void open(ListenSettings listen) throws IOException {
        for (SocketAddress address : addresses(listen)) {
            ProxyLoop home = loops.get(doors.size() % loops.size());
            doors.add(new Door(home.loop(), listen(home, address, listen.sockets())));
        }
    }

    private static List<SocketAddress> addresses(ListenSettings listen) {
        List<SocketAddress> all = new ArrayList<>();
        for (String address : listen.addresses()) {
            all.add(
                    address.equals("*")
                            ? new InetSocketAddress(listen.port())
                            : new InetSocketAddress(address, listen.port()));
        }
        for (Path directory : listen.unixDirectories()) {
            all.add(UnixDomainSocketAddress.of(directory.resolve(".s.PGSQL." + listen.port())));
        }
        return all;
    }

    private Listening listen(ProxyLoop home, SocketAddress address, SocketSettings sockets)
            throws IOException {
        CompletableFuture<Listening> opened = new CompletableFuture<>();
        Turns turns = new Turns(home);
        home.loop()
                .execute(() -> {
                    try {
                        opened.complete(home.loop().listen(address, sockets, turns::accepted));
                    } catch (IOException | RuntimeException failure) {
                        opened.completeExceptionally(failure);
                    }
                });
        try {
            return opened.join();
        } catch (CompletionException failure) {
            throw new IOException("cannot listen on " + address, failure.getCause());
        }
    }

    /** Gives the clients of one listener to the loops in turn. Loop thread only. */
    private final class Turns {
        private final ProxyLoop home;
        private int next;

        Turns(ProxyLoop home) {
            this.home = home;
            this.next = loops.indexOf(home);
        }

        Receiver accepted(Channel channel) {
            ProxyLoop target = loops.get(next);
            next = (next + 1) % loops.size();
            if (target == home) {
                return new Greeting(proxy, home, channel).begin();
            }
            channel.moveTo(
                    target.loop(),
                    () -> {
                        channel.receiver(new Greeting(proxy, target, channel).begin());
                        channel.redeliver();
                    });
            return NobodyYet.INSTANCE;
        }
    }

    /** Where it listens. */
    List<SocketAddress> addresses() {
        return doors.stream().map(door -> door.listening().local()).toList();
    }

    /** Listens no more. */
    void close() {
        for (Door door : doors) {
            door.loop().execute(door.listening()::close);
        }
    }
}
