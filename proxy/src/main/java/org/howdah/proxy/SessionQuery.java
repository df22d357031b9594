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

    /**
     * Looks at a Query, Parse or FunctionCall; true if it is not to be sent but {@linkplain #answer
     * answered}.
     */
    boolean takes(Client client, Server server, ByteBuffer in, int at, int length) {
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
            effects = judge.judge(in, from, end, server.pool().functions());
            change = judge.change();
        }
        if (effects == Effects.NONE) {
            return false;
        }
        if (type == 'Q' && length <= SessionEffects.LARGEST_TEXT && answers(client, server)) {
            return true;
        }
        note(client, server, effects, change);
        return false;
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
                client.statements().forgetAll();
            }
        }
        sequences(server, effects);
        server.session().note(all & ~(Effects.DEALLOCATES | Effects.SEQUENCES), change);
    }

    /** What other clients drew from sequences is not for this one. */
    static void sequences(Server server, int effects) {
        if ((effects & Effects.SEQUENCES) != 0) {
            server.pool().sequencesMatter();
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
            client.resetSettings();
            client.statements().forgetAll();
            answer = Replies.DISCARDED;
            return true;
        }
        if (server.status() == Server.FAILED) {
            return false;
        }
        if (all) {
            client.statements().forgetAll();
        } else {
            byte[] name = target.get().getBytes(StandardCharsets.UTF_8);
            ByteBuffer key = ByteBuffer.wrap(name);
            if (client.statements().named(key, 0, name.length) == null) {
                return false;
            }
            client.statements().forget(key, 0, name.length);
        }
        answer = all ? Replies.DEALLOCATED_ALL : Replies.DEALLOCATED;
        return true;
    }

    /** Queues the answer to what was taken. */
    void answer(Client client, Server server) {
        client.forgetUnnamed();
        server.expect(ReplyQueue.QUERY, ReplyQueue.ABSENT, answer);
    }
}
