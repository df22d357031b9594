package org.howdah.proxy;

import static org.howdah.proxy.Frames.HEADER;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.howdah.wire.FrontendType;
import org.howdah.wire.MessageWriter;
import org.jspecify.annotations.Nullable;

/**
 * Parse, Bind, Describe and Close of clients whose server connection changes from transaction to
 * transaction. A statement has one name on all servers; it is parsed there when it is first needed,
 * and what the client asks for is answered by us where the server has nothing to do.
 *
 * <p>Each method sends what stands in place of the beginning of a message and says how many bytes
 * of it are thereby done; the rest passes as it is. One for each loop.
 */
final class ExtendedQuery {

    /** More of the message is needed. */
    static final int WAIT = -1;

    /** What was sent before must be answered first. */
    static final int LATER = -2;

    /** The message is none. */
    static final int BROKEN = -3;

    /** Names of statements and portals are shorter. */
    private static final int LONGEST_NAMES = 16 * 1024;

    /** A Parse is kept whole up to this size; larger ones pass unseen and pin. */
    static final int LARGEST_TEXT = 1024 * 1024;

    /** An unnamed statement that was seen so often is prepared on the server. */
    private static final int OFTEN = 5;

    private final StatementCatalog catalog;
    private final SessionEffects effects;
    private final MessageWriter out = MessageWriter.direct(8 * 1024);

    ExtendedQuery(StatementCatalog catalog, SessionEffects effects) {
        this.catalog = catalog;
        this.effects = effects;
    }

    /** A Parse that is there as a whole. */
    int parse(Client client, Server server, ByteBuffer in, int at, int length) {
        int name = at + HEADER;
        int to = at + length;
        int tail = Frames.afterText(in, name, to);
        ClientStatements own = client.statements();
        if (tail - name > 1 && own.undecided(in, name, tail - 1, server.replies.group())) {
            return LATER;
        }
        SharedStatement statement = catalog.statement(in, tail, to);
        statement.judge(effects, server.pool().sessions().functions());
        SessionQuery.sequences(server, statement.effects());
        if (tail - name > 1) {
            server.tally().clientParses++;
            parseNamed(own, server, in, name, tail, to, statement);
            return length;
        }
        boolean prepared = client.pool().terms().autoPrepares() && statement.see() >= OFTEN;
        own.unnamed(statement, prepared, server.replies.group());
        if (prepared) {
            prepare(server, statement, ReplyQueue.CLIENT, -statement.number());
            return length;
        }
        server.statements().unnamed(statement.number());
        server.expect(ReplyQueue.PARSE, ReplyQueue.CLIENT, 0);
        return 0;
    }

    private void parseNamed(
            ClientStatements own,
            Server server,
            ByteBuffer in,
            int name,
            int tail,
            int to,
            SharedStatement statement) {
        SharedStatement former = own.named(in, name, tail - 1);
        if (former == null) {
            own.name(in, name, tail - 1, statement, server.replies.group());
            prepare(server, statement, ReplyQueue.CLIENT, statement.number());
            return;
        }
        // The name is taken: the server will say so, since it has the former under the same name.
        ready(server, former);
        out.clear().begin(FrontendType.PARSE).bytes(former.serverName());
        out.bytes(in, tail, to - tail).end();
        flush(server);
        server.expect(ReplyQueue.PARSE, ReplyQueue.CLIENT, ReplyQueue.UNTRACKED);
    }

    /** Sends the client's Parse to the server, or answers it when the server has the statement. */
    private void prepare(Server server, SharedStatement statement, int origin, int number) {
        ServerStatements.Need need = use(server, statement);
        if (need == ServerStatements.Need.NOTHING) {
            server.expect(ReplyQueue.PARSE, ReplyQueue.ABSENT, number);
            return;
        }
        out.clear();
        if (need == ServerStatements.Need.CLOSE_AND_PARSE) {
            writeClose(server, statement.number(), statement.serverName());
        }
        writeParse(statement.serverName(), statement);
        flush(server);
        server.expect(ReplyQueue.PARSE, origin, number);
        server.tally().serverParses++;
    }

    /** Makes sure that the server has the statement when what is sent next arrives there. */
    private void ready(Server server, SharedStatement statement) {
        prepareSilently(server, statement, use(server, statement));
    }

    private void prepareSilently(
            Server server, SharedStatement statement, ServerStatements.Need need) {
        if (need == ServerStatements.Need.NOTHING) {
            return;
        }
        out.clear();
        if (need == ServerStatements.Need.CLOSE_AND_PARSE) {
            writeClose(server, statement.number(), statement.serverName());
        }
        writeParse(statement.serverName(), statement);
        flush(server);
        server.expect(ReplyQueue.PARSE, ReplyQueue.OURS, statement.number());
        server.tally().serverParses++;
    }

    private ServerStatements.Need use(Server server, SharedStatement statement) {
        ServerStatements.Need need = server.statements().use(statement.number());
        if (need != ServerStatements.Need.NOTHING) {
            evict(server);
        }
        return need;
    }

    private void evict(Server server) {
        int number = server.statements().evict(server.pool().terms().state().preparedStatements());
        if (number != 0) {
            out.clear();
            writeClose(server, number, SharedStatement.serverName(number));
            flush(server);
            server.tally().evictions++;
        }
    }

    private void writeClose(Server server, int number, byte[] serverName) {
        out.begin(FrontendType.CLOSE).int8('S').bytes(serverName).end();
        server.expect(ReplyQueue.CLOSE, ReplyQueue.OURS, number);
    }

    private void writeParse(byte[] name, SharedStatement statement) {
        out.begin(FrontendType.PARSE).bytes(name).bytes(statement.tail()).end();
    }

    private void flush(Server server) {
        server.channel().send(out.buffer(), 0, out.size());
    }

    /** A Bind, of which the names must be there. */
    int bind(Client client, Server server, ByteBuffer in, int at, int length, int to) {
        int portal = at + HEADER;
        int end = Math.min(at + length, to);
        int name = Frames.afterText(in, portal, end);
        int rest = Frames.afterText(in, name, end);
        if (rest >= end) {
            if (at + length <= to) {
                return passed(server, ReplyQueue.BIND);
            }
            return end - at > LONGEST_NAMES ? BROKEN : WAIT;
        }
        if (client.statements().undecided(in, name, rest - 1, server.replies.group())) {
            return LATER;
        }
        SharedStatement statement = statement(client, in, name, rest);
        if (statement != null && !SessionQuery.binds(client, statement, name - portal == 1)) {
            return WAIT;
        }
        byte[] serverName = serverName(client, server, in, name, rest);
        note(client, server, statement);
        server.expect(ReplyQueue.BIND, ReplyQueue.CLIENT, 0);
        if (serverName == null) {
            return 0;
        }
        server.tally().binds++;
        int bodyLength = length - 1 - (rest - name) + serverName.length;
        out.clear().int8(FrontendType.BIND).int32(bodyLength);
        out.bytes(in, portal, name - portal).bytes(serverName);
        flush(server);
        return rest - at;
    }

    private static @Nullable SharedStatement statement(
            Client client, ByteBuffer in, int name, int behind) {
        ClientStatements own = client.statements();
        return behind - name > 1 ? own.named(in, name, behind - 1) : own.unnamed();
    }

    /** A statement is about to run: what may it do to the session? */
    private void note(Client client, Server server, @Nullable SharedStatement statement) {
        if (statement == null) {
            // It may be one that was prepared by SQL.
            if (client.pins() != 0) {
                server.session().note(client.session().preparedEffects(), Optional.empty());
            }
            return;
        }
        server.work().runs(statement.record(server));
        statement.judge(effects, server.pool().sessions().functions());
        boolean wished = client.listens() && client.session().listening().portal().isPresent();
        if (statement.effects() != Effects.NONE && !wished) {
            SessionQuery.note(client, server, statement.effects(), statement.change());
        }
    }

    /** A Describe that is there as a whole. */
    int describe(Client client, Server server, ByteBuffer in, int at, int length) {
        byte[] serverName = null;
        if (in.get(at + HEADER) == 'S') {
            int name = at + HEADER + 1;
            int group = server.replies.group();
            if (client.statements().undecided(in, name, at + length - 1, group)) {
                return LATER;
            }
            serverName = serverName(client, server, in, name, at + length);
        }
        server.expect(ReplyQueue.DESCRIBE, ReplyQueue.CLIENT, 0);
        if (serverName == null) {
            return 0;
        }
        out.clear().begin(FrontendType.DESCRIBE).int8('S').bytes(serverName).end();
        flush(server);
        return length;
    }

    /**
     * A Close that is there as a whole: statements are only forgotten, servers keep them for
     * others.
     */
    int close(Client client, Server server, ByteBuffer in, int at, int length) {
        if (in.get(at + HEADER) != 'S') {
            return passed(server, ReplyQueue.CLOSE);
        }
        int name = at + HEADER + 1;
        int end = at + length - 1;
        int group = server.replies.group();
        if (client.statements().undecided(in, name, end, group)) {
            return LATER;
        }
        boolean known = end > name && client.statements().forget(in, name, end, group);
        if (end <= name) {
            client.statements().forgetUnnamed();
        }
        server.expect(ReplyQueue.CLOSE, ReplyQueue.ABSENT, known ? 1 : 0);
        return length;
    }

    private static int passed(Server server, int message) {
        server.expect(message, ReplyQueue.CLIENT, 0);
        return 0;
    }

    /**
     * The name on the server of the statement that the client calls so, which the server will have;
     * null when the message can pass as it is.
     *
     * @param to index behind the name's zero
     */
    private byte @Nullable [] serverName(
            Client client, Server server, ByteBuffer in, int from, int to) {
        ClientStatements own = client.statements();
        if (to - from > 1) {
            SharedStatement statement = own.named(in, from, to - 1);
            if (statement == null) {
                return strange(in, from, to);
            }
            ready(server, statement);
            return statement.serverName();
        }
        SharedStatement statement = own.unnamed();
        if (statement == null) {
            return strange(in, from, to);
        }
        if (own.unnamedPrepared()) {
            ready(server, statement);
            return statement.serverName();
        }
        if (server.statements().unnamed() != statement.number()) {
            out.clear();
            writeParse(UNNAMED, statement);
            flush(server);
            server.expect(ReplyQueue.PARSE, ReplyQueue.OURS, 0);
            server.statements().unnamed(statement.number());
        }
        return null;
    }

    /** A name that no statement of ours has, so that the server refuses it. */
    private static byte @Nullable [] strange(ByteBuffer in, int from, int to) {
        byte[] name = Bytes.copy(in, from, to);
        if (to - from > 1 && !startsLikeOurs(name)) {
            return null;
        }
        byte[] other = new byte[name.length + 1];
        other[0] = '?';
        System.arraycopy(name, 0, other, 1, name.length);
        return other;
    }

    private static boolean startsLikeOurs(byte[] name) {
        for (int i = 0; i < SharedStatement.PREFIX.length; i++) {
            if (i >= name.length || name[i] != SharedStatement.PREFIX[i]) {
                return false;
            }
        }
        return true;
    }

    private static final byte[] UNNAMED = {0};
}
