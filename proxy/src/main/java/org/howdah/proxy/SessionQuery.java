package org.howdah.proxy;

import static org.howdah.proxy.Frames.HEADER;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.howdah.sql.StatementAction;

/**
 * Simple queries and what they do to their sessions. Most pass as they are and only their effects
 * are noted; what concerns statements that the proxy keeps for its client is answered here. One for
 * each loop.
 */
final class SessionQuery {

    /** Anything may happen in what is not looked at. */
    private static final int UNREAD =
            Effects.ANY | Effects.CONTROL | Effects.DEFINES | Effects.DEALLOCATES;

    private final SessionEffects judge;
    private int answer;

    SessionQuery(SessionEffects judge) {
        this.judge = judge;
    }

    /** What becomes of a message. */
    enum Course {
        PASS,
        /** It is not sent but {@linkplain #answer answered}. */
        ANSWER,
        /** It can be looked at again when the listener has answered. */
        WAIT
    }

    /** Looks at a Query, Parse or FunctionCall. */
    Course take(Client client, Server server, ByteBuffer in, int at, int length) {
        byte type = in.get(at);
        int effects;
        Optional<SettingChange> change = Optional.empty();
        if (length > SessionEffects.LARGEST_TEXT) {
            effects = UNREAD;
        } else if (type == 'F') {
            effects = LargeObjects.has(in.getInt(at + HEADER)) ? Effects.NONE : Effects.ANY;
        } else {
            int from = type == 'Q' ? at + HEADER : Frames.afterText(in, at + HEADER, at + length);
            int end = Frames.afterText(in, from, at + length) - 1;
            effects = judge.judge(in, from, end, server.pool().sessions().functions());
            change = judge.change();
        }
        if (effects == Effects.NONE) {
            return Course.PASS;
        }
        if (type == 'Q' && length <= SessionEffects.LARGEST_TEXT) {
            Optional<Listening.Wish> wish = judge.wish();
            if (wish.isPresent() && canListen(client)) {
                return listen(client, wish.get());
            }
            if (answers(client, server)) {
                return Course.ANSWER;
            }
        }
        note(client, server, effects, change);
        return Course.PASS;
    }

    /** Who has an encoding of its own, or listens on its server connection, does so there. */
    private static boolean canListen(Client client) {
        return (client.pins() & Pin.LISTENING.bit()) == 0
                && !client.settings().has("client_encoding");
    }

    /** The listener must hear the channel before the client is told that it does. */
    private Course listen(Client client, Listening.Wish wish) {
        Course course = join(client, wish);
        if (course == Course.ANSWER) {
            client.session().listening().wish(wish);
            answer = wish.listen() ? Replies.LISTENED : Replies.UNLISTENED;
        } else if (course == Course.PASS) {
            Server server = client.server();
            if (server != null) {
                server.session().note(Effects.CHANNELS, Optional.empty());
            }
        }
        return course;
    }

    private static Course join(Client client, Listening.Wish wish) {
        Listening listening = client.session().listening();
        String channel = wish.channel();
        if (!wish.listen() || listening.joined(channel)) {
            return Course.ANSWER;
        }
        if (listening.refused(channel)) {
            return Course.PASS;
        }
        if (listening.ask(channel)) {
            client.pool()
                    .listener(client.home())
                    .join(
                            channel,
                            client,
                            joins ->
                                    client.home()
                                            .loop()
                                            .execute(() -> client.news().joined(channel, joins)));
        }
        return Course.WAIT;
    }

    /**
     * A statement is about to be bound; false if that must wait for the listener.
     *
     * @param unnamed whether to the unnamed portal
     */
    static boolean binds(Client client, SharedStatement statement, boolean unnamed) {
        Optional<Listening.Wish> wish = statement.wish();
        if (wish.isEmpty() || !unnamed || !canListen(client)) {
            if (unnamed && client.listens()) {
                client.session().listening().portal(null);
            }
            return true;
        }
        Course course = join(client, wish.get());
        client.session().listening().portal(course == Course.ANSWER ? wish.get() : null);
        return course != Course.WAIT;
    }

    /** Whether an Execute is of a portal whose statement is done here. */
    boolean executes(Client client, ByteBuffer in, int at) {
        return in.get(at + HEADER) == 0 && client.session().listening().portal().isPresent();
    }

    /** Queues the answer to such an Execute. */
    void executed(Client client, Server server) {
        Listening.Wish wish = client.session().listening().portal().orElseThrow();
        client.session().listening().wish(wish);
        int command = wish.listen() ? Replies.LISTENED : Replies.UNLISTENED;
        server.expect(ReplyQueue.EXECUTE, ReplyQueue.ABSENT, command);
    }

    /** A text with these effects is about to be sent. */
    static void note(Client client, Server server, int effects, Optional<SettingChange> change) {
        int all = effects;
        if ((effects & Effects.STATEMENTS) != 0) {
            client.session().prepared(effects);
        }
        if ((effects & Effects.EXECUTES) != 0) {
            all |= client.pins() == 0 ? Effects.NONE : client.session().preparedEffects();
            all &= ~Effects.EXECUTES;
        }
        if ((effects & Effects.DEALLOCATES) != 0) {
            server.statements().doubtAll();
            if (server.status() != Server.FAILED) {
                client.statements().forgetNamed();
            }
        }
        sequences(server, effects);
        server.session().note(all & ~(Effects.DEALLOCATES | Effects.SEQUENCES), change);
    }

    /** What other clients drew from sequences is not for this one. */
    static void sequences(Server server, int effects) {
        if ((effects & Effects.SEQUENCES) != 0) {
            server.pool().sessions().sequencesMatter();
            if (server.status() == Server.IDLE && server.replies.isEmpty()) {
                server.forgetSequences();
            }
        }
    }

    /**
     * DISCARD ALL, DEALLOCATE ALL, and DEALLOCATE of a statement of the protocol, when it is
     * certain that they succeed and there is nothing on the server that they concern: the
     * statements there are for others too.
     */
    private boolean answers(Client client, Server server) {
        Optional<String> target = judge.target();
        if (target.isEmpty() || !server.replies.isEmpty() || client.pins() != 0) {
            return false;
        }
        boolean all = target.get().equals(SettingChange.ALL);
        if (judge.action() == StatementAction.DISCARD) {
            if (!all || server.status() != Server.IDLE) {
                return false;
            }
            client.settings(client.base());
            if (client.listens()) {
                client.session().listening().wish(new Listening.Wish(Listening.ALL, false));
                client.session().listening().decided(true);
                client.news().transactionEnded(true);
            }
            client.statements().forgetNamed();
            answer = Replies.DISCARDED;
            return true;
        }
        if (server.status() == Server.FAILED) {
            return false;
        }
        if (all) {
            client.statements().forgetNamed();
        } else {
            byte[] name = target.get().getBytes(StandardCharsets.UTF_8);
            ByteBuffer key = ByteBuffer.wrap(name);
            if (client.statements().named(key, 0, name.length) == null) {
                return false;
            }
            client.statements().drop(name);
        }
        answer = all ? Replies.DEALLOCATED_ALL : Replies.DEALLOCATED;
        return true;
    }

    /** Queues the answer to what was taken. */
    void answer(Client client, Server server) {
        ClientStatements.forgetUnnamed(client);
        server.expect(ReplyQueue.QUERY, ReplyQueue.ABSENT, answer);
    }
}
