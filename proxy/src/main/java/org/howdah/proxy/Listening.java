package org.howdah.proxy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.howdah.transport.Channel;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * The channels that one client listens to through its pool's {@link Listener}. What it has asked
 * for counts with the end of its transaction; what it hears waits until it is not in the middle of
 * anything. Its loop's thread only.
 */
final class Listening {

    /** All channels, of UNLISTEN *. */
    static final String ALL = "*";

    /** What may wait for a client that is in a transaction; more is lost, and it is told so. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /**
     * LISTEN or UNLISTEN.
     *
     * @param channel {@link #ALL} with UNLISTEN only
     */
    record Wish(String channel, boolean listen) {}

    private final Set<String> joined = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> active = new HashSet<>();
    private final ArrayDeque<Wish> unanswered = new ArrayDeque<>();
    private final List<Wish> pending = new ArrayList<>();
    private final ArrayDeque<byte[]> heard = new ArrayDeque<>();
    private @Nullable Wish portal;
    private int heardBytes;
    private boolean missed;

    /** Whether the listener delivers this channel, as far as is known. */
    boolean joined(String channel) {
        return joined.contains(channel);
    }

    /** Whether the listener could not listen to it; forgets that. */
    boolean refused(String channel) {
        return refused.remove(channel);
    }

    /** The listener is asked for the channel; false if it was already. */
    boolean ask(String channel) {
        return asked.add(channel);
    }

    void answered(String channel, boolean joins) {
        asked.remove(channel);
        (joins ? joined : refused).add(channel);
    }

    /** A wish is about to be answered by the proxy. */
    void wish(Wish wish) {
        unanswered.add(wish);
    }

    /** The oldest of them was answered well, or not. */
    void decided(boolean done) {
        Wish wish = unanswered.remove();
        if (done) {
            pending.add(wish);
        }
    }

    /** What the unnamed portal holds, if that is a wish. */
    Optional<Wish> portal() {
        return Optional.ofNullable(portal);
    }

    void portal(@Nullable Wish bound) {
        portal = bound;
    }

    /** Whether the end of the transaction matters. */
    boolean undecided() {
        return !pending.isEmpty() || !unanswered.isEmpty();
    }

    /**
     * The transaction has ended. Gives the channels that are not listened to any more.
     *
     * @param committed whether what was wished in it holds
     */
    List<String> ended(boolean committed) {
        if (committed) {
            for (Wish wish : pending) {
                if (wish.listen()) {
                    active.add(wish.channel());
                } else if (wish.channel().equals(ALL)) {
                    active.clear();
                } else {
                    active.remove(wish.channel());
                }
            }
        }
        pending.clear();
        List<String> left = new ArrayList<>();
        if (unanswered.isEmpty()) {
            joined.stream().filter(channel -> !active.contains(channel)).forEach(left::add);
            left.forEach(joined::remove);
        }
        return left;
    }

    /** All channels that the listener delivers or was asked to. */
    Set<String> all() {
        Set<String> all = new HashSet<>(joined);
        all.addAll(asked);
        return all;
    }

    /** A notification has come. */
    void heard(String channel, byte[] message) {
        boolean wanted =
                active.contains(channel)
                        || pending.stream().anyMatch(wish -> wish.channel().equals(channel))
                        || unanswered.stream().anyMatch(wish -> wish.channel().equals(channel));
        if (!wanted) {
            return;
        }
        if (heardBytes + message.length > MOST_BYTES) {
            missed = true;
            return;
        }
        heard.add(message);
        heardBytes += message.length;
    }

    /** Something may not have been heard. */
    void missed() {
        missed |= !active.isEmpty();
    }

    /** Tells the client what was heard. */
    void deliver(Channel channel) {
        for (byte[] message = heard.poll(); message != null; message = heard.poll()) {
            channel.send(message, 0, message.length);
        }
        heardBytes = 0;
        if (missed) {
            missed = false;
            MessageWriter out = MessageWriter.heap(256);
            GAP.writeTo(out);
            channel.send(out.toByteArray(), 0, out.size());
        }
    }

    private static final Diagnostic GAP =
            Diagnostic.warning(
                            SqlState.WARNING, "notifications may have been missed before this one")
                    .withHint("Look at once for what the notifications are to tell of.");
}
