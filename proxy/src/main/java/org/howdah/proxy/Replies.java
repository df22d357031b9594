package org.howdah.proxy;

/** Replies that we give for the server. Each is a header without a body. */
final class Replies {

    private static final byte[] PARSE_COMPLETE = {'1', 0, 0, 0, 4};
    private static final byte[] BIND_COMPLETE = {'2', 0, 0, 0, 4};
    private static final byte[] CLOSE_COMPLETE = {'3', 0, 0, 0, 4};

    private Replies() {}

    /** The reply to this message of {@link ReplyQueue}. */
    static byte[] of(int message) {
        return switch (message) {
            case ReplyQueue.PARSE -> PARSE_COMPLETE;
            case ReplyQueue.BIND -> BIND_COMPLETE;
            case ReplyQueue.CLOSE -> CLOSE_COMPLETE;
            default ->
                    throw new IllegalArgumentException("no reply is known to message " + message);
        };
    }
}
