package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Listens for all clients of a pool by one server connection of its own, so that a client that
 * listens needs none. It is made with the first channel and closed some time after the last; when
 * it breaks, it is made again, and all who listen are told that something may have been missed.
 *
 * <p>Everything but {@link #join} and {@link #leave} is for its loop's thread.
 */
final class Listener implements Dialed {

    /** An unused connection is kept for so long. */
    private static final Duration SPARE = Duration.ofSeconds(60);

    private final Pool pool;
    private final ProxyLoop home;
    private final Map<String, Subscription> channels = new LinkedHashMap<>();
    private final Queue<String> unsure = new ArrayDeque<>();
    private @Nullable Server server;
    private boolean dialing;
    private boolean broken;

    Listener(Pool pool, ProxyLoop home) {
        this.pool = pool;
        this.home = home;
    }

    /** Who listens to one channel. */
    private static final class Subscription {
        private final Set<Client> clients = Collections.newSetFromMap(new IdentityHashMap<>());
        private final List<Consumer<Boolean>> waiting = new ArrayList<>();
        private boolean active;
    }

    /**
     * From some moment before the answer on the client hears what is said on the channel. Any
     * thread.
     *
     * @param then told whether that came to be, on the listener's thread
     */
    void join(String channel, Client client, Consumer<Boolean> then) {
        home.loop()
                .execute(() -> {
                    Subscription subscription =
                            channels.computeIfAbsent(channel, none -> new Subscription());
                    subscription.clients.add(client);
                    if (subscription.active) {
                        then.accept(true);
                        return;
                    }
                    subscription.waiting.add(then);
                    unsure.add(channel);
                    work();
                });
    }

    /** The client hears the channel no more. Any thread. */
    void leave(String channel, Client client) {
        home.loop()
                .execute(() -> {
                    Subscription subscription = channels.get(channel);
                    if (subscription != null
                            && subscription.clients.remove(client)
                            && subscription.clients.isEmpty()) {
                        unsure.add(channel);
                        work();
                    }
                });
    }

    /** The server may be elsewhere now. Any thread. */
    void reconnect() {
        home.loop()
                .execute(() -> {
                    if (server != null) {
                        server.channel().close();
                    }
                });
    }

    /** One thing after the other: connects, or makes the server listen to what somebody hears. */
    private void work() {
        Server link = server;
        if (link == null) {
            if (!dialing && !channels.isEmpty()) {
                dialing = true;
                pool.dial(home, this);
            }
            return;
        }
        String channel = link.session().inquiring() ? null : unsure.poll();
        if (channel == null) {
            return;
        }
        Subscription subscription = channels.get(channel);
        boolean wanted = subscription != null && !subscription.clients.isEmpty();
        boolean is = subscription != null && subscription.active;
        if (wanted && !is) {
            link.session()
                    .inquire(
                            "LISTEN " + quoted(channel),
                            answer -> {
                                heard(channel, answer.failure().isEmpty());
                            });
        } else if (!wanted && is) {
            channels.remove(channel);
            link.session().inquire("UNLISTEN " + quoted(channel), answer -> work());
            rest();
        } else {
            if (!wanted) {
                channels.remove(channel);
                rest();
            }
            work();
        }
    }

    private static String quoted(String channel) {
        return '"' + channel.replace("\"", "\"\"") + '"';
    }

    private void heard(String channel, boolean active) {
        Subscription subscription = channels.get(channel);
        if (subscription != null) {
            subscription.active = active;
            answer(subscription, active);
            if (!active) {
                channels.remove(channel);
            }
        }
        if (broken && active && unsure.isEmpty()) {
            broken = false;
            tellOfGap();
        }
        work();
    }

    private static void answer(Subscription subscription, boolean active) {
        List<Consumer<Boolean>> told = List.copyOf(subscription.waiting);
        subscription.waiting.clear();
        told.forEach(waiting -> waiting.accept(active));
    }

    private void tellOfGap() {
        Set<Client> all = Collections.newSetFromMap(new IdentityHashMap<>());
        channels.values().forEach(subscription -> all.addAll(subscription.clients));
        for (Client client : new HashSet<>(all)) {
            client.home().loop().execute(client.news()::missed);
        }
    }

    /** With nobody left the connection is of no use, but somebody may come soon. */
    private void rest() {
        if (channels.isEmpty()) {
            home.loop()
                    .after(
                            SPARE,
                            () -> {
                                if (channels.isEmpty() && server != null) {
                                    server.channel().close();
                                }
                            });
        }
    }

    /** A NotificationResponse has come: it goes on as it is. */
    void notified(ByteBuffer in, int at, int to) {
        int channel = at + Frames.HEADER + Integer.BYTES;
        int end = Frames.afterText(in, channel, to) - 1;
        String name = new String(Bytes.copy(in, channel, end), StandardCharsets.UTF_8);
        Subscription subscription = channels.get(name);
        if (subscription != null) {
            byte[] message = Bytes.copy(in, at, to);
            for (Client client : subscription.clients) {
                client.home().loop().execute(() -> client.news().notified(name, message));
            }
        }
    }

    @Override
    public void opened(Server link, Welcome welcome) {
        dialing = false;
        server = link;
        link.listener(this);
        unsure.clear();
        unsure.addAll(channels.keySet());
        work();
    }

    /** Who waits is told so; who has listened before waits for the next attempt. */
    @Override
    public void failed(ProxyLoop loop, Refusal why, boolean refused) {
        loop.loop()
                .execute(() -> {
                    dialing = false;
                    for (Subscription subscription : channels.values()) {
                        answer(subscription, false);
                    }
                    again();
                });
    }

    /** Its connection has ended. */
    void lost() {
        server = null;
        broken = !channels.isEmpty();
        channels.values().forEach(subscription -> subscription.active = false);
        again();
    }

    private void again() {
        if (!channels.isEmpty()) {
            home.loop().after(pool.terms().times().serverLoginRetry(), this::work);
        }
    }
}
