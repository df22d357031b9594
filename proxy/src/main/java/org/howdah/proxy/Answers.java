package org.howdah.proxy;

import static org.howdah.proxy.Frames.HEADER;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the messages of one server mean: whose replies they are, by its {@link ReplyQueue}, whether
 * the client is to see them, and which statements are prepared now.
 */
final class Answers {

    /** What becomes of a message from the server. */
    enum Passage {
        PASS,
        DROP,
        BROKEN
    }

    private final Server server;
    private final ReplyQueue replies;
    private final ServerStatements statements;
    private byte status = Server.IDLE;
    private boolean copyIn;
    private boolean farewell;
    private boolean oursFailed;
    private boolean inquiryEnds;

    /** What was done since the last ReadyForQuery outside of a transaction was undone. */
    private boolean rolledBack;

    /** Something has come in answer to the query whose turn it is. */
    private boolean begun;

    /** Syncs that the server ignores if it has read them before the COPY fails. */
    private int early;

    /** As many ReadyForQuery may come that nothing is known to have asked for. */
    private int strays;

    Answers(Server server, ReplyQueue replies, ServerStatements statements) {
        this.server = server;
        this.replies = replies;
        this.statements = statements;
    }

    /** {@code I}: idle, {@code T}: in a transaction, {@code E}: in a failed one. */
    byte status() {
        return status;
    }

    /** The server reads a COPY whose end was not sent yet; a Sync means nothing to it now. */
    boolean copyIn() {
        return copyIn;
    }

    void copyEnds() {
        copyIn = false;
    }

    /** The client was told why the server is about to close the connection. */
    boolean farewell() {
        return farewell;
    }

    /** Whether something that we asked on our own account has failed since this was last asked. */
    boolean oursFailed() {
        boolean failed = oursFailed;
        oursFailed = false;
        return failed;
    }

    /** Whether the ReadyForQuery that came last ends the answer to an inquiry. */
    boolean inquiryEnds() {
        return inquiryEnds;
    }

    /**
     * Whether a ReadyForQuery may still come that nobody waits for: a Sync was sent into a COPY
     * that has failed, and whether the server read it before or after that is not known.
     */
    boolean straysPossible() {
        return strays > 0;
    }

    /** A message is about to be sent; one that the server will ignore is not waited for. */
    void expect(int message, int origin, int number) {
        if (replies.skipping() && message != ReplyQueue.SYNC) {
            skipped(message, origin, number);
            return;
        }
        replies.add(message, origin, number);
        if (message == ReplyQueue.SYNC || message == ReplyQueue.QUERY) {
            statements.groupEnds();
        }
    }

    /** Whether the next reply is ours to give. */
    boolean settles() {
        int message = replies.message();
        return message == ReplyQueue.COPY_END
                || (message != ReplyQueue.NOTHING && replies.origin() == ReplyQueue.ABSENT);
    }

    /**
     * Answers for the server what it was never asked, as far as its turn has come; true if a query
     * was among it.
     */
    boolean settle() {
        Client client = server.client();
        boolean queries = false;
        while (settles()) {
            int message = replies.message();
            if (message == ReplyQueue.QUERY || message == ReplyQueue.EXECUTE) {
                boolean query = message == ReplyQueue.QUERY;
                queries |= query;
                if (client != null) {
                    answer(client, replies.number(), query);
                }
            } else if (message != ReplyQueue.COPY_END && client != null) {
                done(client, message, replies.number());
                client.channel().send(Replies.of(message), 0, HEADER);
            }
            replies.remove();
        }
        return queries;
    }

    /** A command of the client's that we do ourselves. */
    private void answer(Client client, int command, boolean query) {
        boolean wish = command == Replies.LISTENED || command == Replies.UNLISTENED;
        if (wish) {
            client.session().listening().decided(status != Server.FAILED);
        }
        byte[] answer = query ? Replies.toQuery(command, status) : Replies.toExecute(command);
        client.channel().send(answer, 0, answer.length);
        if (wish && query && status == Server.IDLE) {
            client.news().transactionEnded(true);
        }
    }

    /** What becomes of a message; takes what it answers from the queue. */
    Passage passage(byte type, ByteBuffer in, int at, int to) {
        Inquiry inquiry = server.session().inquiry();
        if (inquiry != null && ours(replies.message()) && replies.message() == ReplyQueue.QUERY) {
            inquiry.message(type, in, at + HEADER, to);
        }
        return switch (type) {
            case 'D', 'd', 'c', 'H', 'C', 'T', 't', 'n', 's', 'I', 'V', 'G', 'W', '1', '2', '3' ->
                    reply(type, in, at);
            case 'Z' ->
                    Frames.length(in, at) == HEADER + 1
                            ? readyForQuery(in.get(at + HEADER))
                            : Passage.BROKEN;
            case 'E' -> error(in, at, to);
            case 'S' -> parameter();
            case 'A' -> {
                server.notified(in, at, to);
                yield Passage.PASS;
            }
            case 'N', 'v' -> Passage.PASS;
            default -> Passage.BROKEN;
        };
    }

    private Passage reply(byte type, ByteBuffer in, int at) {
        int message = replies.message();
        if (message == ReplyQueue.NOTHING) {
            return Passage.BROKEN;
        }
        Passage passage = replies.origin() == ReplyQueue.OURS ? Passage.DROP : Passage.PASS;
        boolean simple = message == ReplyQueue.QUERY || message == ReplyQueue.FUNCTION;
        begun = begun || simple;
        return switch (type) {
            case '1' -> {
                parsed(message);
                yield take(message == ReplyQueue.PARSE, passage);
            }
            case '2' -> take(message == ReplyQueue.BIND, passage);
            case '3' -> {
                if (message == ReplyQueue.CLOSE && replies.number() != 0) {
                    statements.closed(replies.number());
                }
                yield take(message == ReplyQueue.CLOSE, passage);
            }
            case 't' -> message == ReplyQueue.DESCRIBE ? passage : Passage.BROKEN;
            case 'T', 'n' -> simple ? passage : take(message == ReplyQueue.DESCRIBE, passage);
            case 'C', 's', 'I' -> {
                copyIn = false;
                if (type == 'C' && passage == Passage.PASS) {
                    tag(in, at);
                }
                early = 0;
                yield simple ? passage : take(message == ReplyQueue.EXECUTE, passage);
            }
            case 'G' -> copyBegins(simple || message == ReplyQueue.EXECUTE, passage);
            default -> simple || message == ReplyQueue.EXECUTE ? passage : Passage.BROKEN;
        };
    }

    /** How a transaction ends, and what takes settings back, is told by the tags of commands. */
    private void tag(ByteBuffer in, int at) {
        byte first = in.get(at + HEADER);
        if (first != 'C' && first != 'R' && first != 'D') {
            return;
        }
        if (starts(in, at + HEADER, COMMIT)) {
            rolledBack = false;
        } else if (starts(in, at + HEADER, ROLLBACK)) {
            rolledBack = true;
        } else if (starts(in, at + HEADER, RESET) || starts(in, at + HEADER, DISCARD)) {
            server.session().takenBack();
        }
    }

    private static boolean starts(ByteBuffer in, int at, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (in.get(at + i) != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static final byte[] COMMIT = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ROLLBACK = "ROLLBACK\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RESET = "RESET\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DISCARD = "DISCARD ALL\0".getBytes(StandardCharsets.US_ASCII);

    private Passage copyBegins(boolean expected, Passage passage) {
        if (!expected) {
            return Passage.BROKEN;
        }
        copyIn = replies.copyBegins();
        early = replies.ignoredSyncs();
        if (copyIn && server.client() == null) {
            server.cleaning().endCopy();
        }
        return passage;
    }

    private Passage take(boolean expected, Passage passage) {
        if (!expected) {
            return Passage.BROKEN;
        }
        replies.remove();
        return passage;
    }

    private void parsed(int message) {
        int number = message == ReplyQueue.PARSE ? replies.number() : ReplyQueue.UNTRACKED;
        if (number == ReplyQueue.UNTRACKED) {
            return;
        }
        if (number != 0) {
            statements.parsed(Math.abs(number));
        }
        Client client = server.client();
        if (client != null && replies.origin() == ReplyQueue.CLIENT) {
            done(client, message, number);
        }
    }

    /** A message that the client has sent was answered. */
    private static void done(Client client, int message, int number) {
        if (message == ReplyQueue.PARSE && number <= 0) {
            client.statements().unnamedDecided(true);
        } else if (number > 0) {
            client.statements().decided(true);
        }
    }

    /** A message was not done, because of an error in it or before it. */
    private void skipped(int message, int origin, int number) {
        if (number == ReplyQueue.UNTRACKED) {
            return;
        }
        Client client = server.client();
        if (origin == ReplyQueue.ABSENT
                && (message == ReplyQueue.QUERY || message == ReplyQueue.EXECUTE)) {
            if (client != null && (number == Replies.LISTENED || number == Replies.UNLISTENED)) {
                client.session().listening().decided(false);
            }
            return;
        }
        if (origin != ReplyQueue.OURS && client != null) {
            if (message == ReplyQueue.PARSE && number <= 0) {
                client.statements().unnamedDecided(false);
            } else if (number > 0) {
                client.statements().decided(false);
            }
        }
        if (message == ReplyQueue.PARSE && number == 0) {
            statements.unnamed(0);
        } else if (number != 0 && origin != ReplyQueue.ABSENT) {
            statements.skipped(Math.abs(number));
        }
    }

    private Passage readyForQuery(byte transaction) {
        int message = replies.message();
        boolean due =
                message == ReplyQueue.SYNC
                        || (begun
                                && (message == ReplyQueue.QUERY || message == ReplyQueue.FUNCTION));
        if (!due) {
            inquiryEnds = false;
            strays--;
            return strays < 0 ? Passage.BROKEN : Passage.DROP;
        }
        begun = false;
        Passage passage = replies.origin() == ReplyQueue.OURS ? Passage.DROP : Passage.PASS;
        inquiryEnds = passage == Passage.DROP && replies.number() == ReplyQueue.INQUIRY;
        replies.remove();
        status = transaction;
        copyIn = false;
        Client client = server.client();
        if (transaction != Server.IDLE) {
            server.session().shake();
        } else if (client != null) {
            client.news().transactionEnded(!rolledBack);
        }
        if (passage == Passage.PASS && server.client() != null) {
            server.work()
                    .answered(
                            server.channel().loop().turnNanos(),
                            transaction == Server.IDLE,
                            server.pool().key(),
                            server.home().slowStatement());
        }
        rolledBack = transaction == Server.FAILED;
        return passage;
    }

    /** An error in the extended protocol takes everything up to the next Sync with it. */
    private Passage error(ByteBuffer in, int at, int to) {
        int message = replies.message();
        copyIn = false;
        strays += early;
        early = 0;
        boolean simple = message == ReplyQueue.QUERY || message == ReplyQueue.FUNCTION;
        begun = begun || simple;
        boolean ours = ours(message);
        oursFailed = oursFailed || (ours && simple);
        // A Parse of ours that fails takes the client's messages behind it along: it must know why.
        Passage passage = simple && ours ? Passage.DROP : Passage.PASS;
        if (passage == Passage.PASS) {
            server.session().shake();
            rolledBack = true;
        }
        if (passage == Passage.PASS && server.client() != null) {
            farewell = farewell || ErrorFields.fatal(in, at + HEADER, to);
        }
        if (message == ReplyQueue.NOTHING) {
            // Who is not asked has nothing to say but why it goes.
            return ErrorFields.fatal(in, at + HEADER, to) ? passage : Passage.BROKEN;
        }
        if (simple) {
            return passage;
        }
        while (replies.message() != ReplyQueue.SYNC && !replies.isEmpty()) {
            skipped(replies.message(), replies.origin(), replies.number());
            replies.remove();
        }
        if (replies.isEmpty()) {
            replies.skip();
        }
        return passage;
    }

    private Passage parameter() {
        return ours(replies.message()) ? Passage.DROP : Passage.PASS;
    }

    /** Whether the next reply is to a message of ours. */
    private boolean ours(int message) {
        return message != ReplyQueue.NOTHING && replies.origin() == ReplyQueue.OURS;
    }
}
