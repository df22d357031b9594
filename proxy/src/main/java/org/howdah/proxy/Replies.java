package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.MessageWriter;

/** Replies that we give for the server. */
final class Replies {

    // What a simple query is answered with.
    static final int DISCARDED = 1;
    static final int DEALLOCATED = 2;
    static final int DEALLOCATED_ALL = 3;
    static final int LISTENED = 4;
    static final int UNLISTENED = 5;

    private static final byte[] PARSE_COMPLETE = {'1', 0, 0, 0, 4};
    private static final byte[] BIND_COMPLETE = {'2', 0, 0, 0, 4};
    private static final byte[] CLOSE_COMPLETE = {'3', 0, 0, 0, 4};

    private Replies() {}

    /** The reply, a header without a body, to this message of {@link ReplyQueue}. */
    static byte[] of(int message) {
        return switch (message) {
            case ReplyQueue.PARSE -> PARSE_COMPLETE;
            case ReplyQueue.BIND -> BIND_COMPLETE;
            case ReplyQueue.CLOSE -> CLOSE_COMPLETE;
            default ->
                    throw new IllegalArgumentException("no reply is known to message " + message);
        };
    }

    /** CommandComplete. */
    static byte[] toExecute(int what) {
        String tag =
                switch (what) {
                    case DISCARDED -> "DISCARD ALL";
                    case DEALLOCATED -> "DEALLOCATE";
                    case DEALLOCATED_ALL -> "DEALLOCATE ALL";
                    case LISTENED -> "LISTEN";
                    case UNLISTENED -> "UNLISTEN";
                    default ->
                            throw new IllegalArgumentException(
                                    "no reply is known to command " + what);
                };
        return Queries.message('C', tag.getBytes(StandardCharsets.US_ASCII));
    }

    private static final byte[] ABORTED = aborted();

    private static byte[] aborted() {
        MessageWriter out = MessageWriter.heap(256);
        Diagnostic.error(
                        "25P02",
                        "current transaction is aborted, commands ignored until end of transaction"
                                + " block")
                .writeTo(out);
        return out.toByteArray();
    }

    /**
     * CommandComplete, or the error of a failed transaction, and ReadyForQuery.
     *
     * @param what the number that the query was queued with
     * @param status of the transaction
     */
    static byte[] toQuery(int what, byte status) {
        byte[] complete = status == Server.FAILED ? ABORTED : toExecute(what);
        return ByteBuffer.allocate(complete.length + 6)
                .put(complete)
                .put((byte) 'Z')
                .putInt(5)
                .put(status)
                .array();
    }
}
