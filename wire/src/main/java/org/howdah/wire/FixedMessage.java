package org.howdah.wire;

import java.nio.ByteBuffer;

/** Messages that are always the same bytes. */
public enum FixedMessage {
    PARSE_COMPLETE(BackendType.PARSE_COMPLETE),
    BIND_COMPLETE(BackendType.BIND_COMPLETE),
    CLOSE_COMPLETE(BackendType.CLOSE_COMPLETE),
    NO_DATA(BackendType.NO_DATA),
    EMPTY_QUERY_RESPONSE(BackendType.EMPTY_QUERY_RESPONSE),
    PORTAL_SUSPENDED(BackendType.PORTAL_SUSPENDED),
    AUTHENTICATION_OK(BackendType.AUTHENTICATION, 0, 0, 0, 0),
    AUTHENTICATION_CLEARTEXT_PASSWORD(BackendType.AUTHENTICATION, 0, 0, 0, 3),
    READY_IDLE(BackendType.READY_FOR_QUERY, 'I'),
    READY_IN_TRANSACTION(BackendType.READY_FOR_QUERY, 'T'),
    READY_FAILED(BackendType.READY_FOR_QUERY, 'E'),
    /** By either side. */
    COPY_DONE(BackendType.COPY_DONE),
    SYNC(FrontendType.SYNC),
    FLUSH(FrontendType.FLUSH),
    TERMINATE(FrontendType.TERMINATE);

    // Read-only: nobody can change what all threads share.
    @SuppressWarnings("ImmutableEnumChecker")
    private final ByteBuffer frame;

    FixedMessage(byte type, int... body) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(FrameHeader.BYTES + body.length);
        bytes.put(type).putInt(4 + body.length);
        for (int one : body) {
            bytes.put((byte) one);
        }
        frame = bytes.flip().asReadOnlyBuffer();
    }

    /** Read-only and shared: read it by index, from 0 to {@link #size()}. */
    public ByteBuffer frame() {
        return frame;
    }

    /** Bytes of the frame. */
    public int size() {
        return frame.capacity();
    }

    public void writeTo(MessageWriter out) {
        out.bytes(frame, 0, size());
    }

    public static FixedMessage ready(TransactionStatus status) {
        return switch (status) {
            case IDLE -> READY_IDLE;
            case IN_TRANSACTION -> READY_IN_TRANSACTION;
            case FAILED -> READY_FAILED;
        };
    }
}
