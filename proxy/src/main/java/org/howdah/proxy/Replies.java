package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Replies that we give for the server. */
final class Replies {

    // What a simple query is answered with.
    static final int DISCARDED = 1;
    static final int DEALLOCATED = 2;
    static final int DEALLOCATED_ALL = 3;

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

    /**
     * CommandComplete and ReadyForQuery.
     *
     * @param what the number that the query was queued with
     * @param status of the transaction
     */
    static byte[] toQuery(int what, byte status) {
        String tag =
                switch (what) {
                    case DISCARDED -> "DISCARD ALL";
                    case DEALLOCATED -> "DEALLOCATE";
                    case DEALLOCATED_ALL -> "DEALLOCATE ALL";
                    default ->
                            throw new IllegalArgumentException(
                                    "no reply is known to query " + what);
                };
        byte[] complete = Queries.message('C', tag.getBytes(StandardCharsets.US_ASCII));
        return ByteBuffer.allocate(complete.length + 6)
                .put(complete)
                .put((byte) 'Z')
                .putInt(5)
                .put(status)
                .array();
    }
}
