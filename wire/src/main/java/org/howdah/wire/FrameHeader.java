package org.howdah.wire;

import java.nio.ByteBuffer;

/**
 * The five bytes before a message: its type, and a length that counts itself and what follows, not
 * the type. Readers by index for the hot path; they check what PostgreSQL and libpq check.
 */
public final class FrameHeader {

    /** Bytes of a header. */
    public static final int BYTES = 5;

    private static final int LENGTH_BYTES = 4;

    private FrameHeader() {}

    /**
     * Length in bytes of the whole frame of a client that begins at an index, header included.
     *
     * @param at index of the type; {@link #BYTES} bytes must be there
     */
    public static int frontendBytes(ByteBuffer in, int at) {
        byte type = in.get(at);
        int length = in.getInt(at + 1);
        int maximum = FrontendType.maximumLength(type);
        if (maximum < 0) {
            throw ProtocolViolation.of("invalid frontend " + unknownType(type));
        }
        if (length < LENGTH_BYTES || length > maximum) {
            throw invalidLength(length, FrontendType.name(type));
        }
        return 1 + length;
    }

    /** As {@link #frontendBytes}, of a server. */
    public static int backendBytes(ByteBuffer in, int at) {
        byte type = in.get(at);
        int length = in.getInt(at + 1);
        int maximum = BackendType.maximumLength(type);
        if (maximum < 0) {
            throw ProtocolViolation.of("invalid backend " + unknownType(type));
        }
        if (length < LENGTH_BYTES || length > maximum) {
            throw invalidLength(length, BackendType.name(type));
        }
        return 1 + length;
    }

    /**
     * Writes a header.
     *
     * @param at index of the type
     * @param frameBytes of the whole frame, with the header
     */
    public static void put(ByteBuffer out, int at, byte type, int frameBytes) {
        out.put(at, type).putInt(at + 1, frameBytes - 1);
    }

    private static ProtocolViolation invalidLength(int length, String name) {
        return ProtocolViolation.of("invalid message length " + length + " in " + name);
    }

    static String unknownType(byte type) {
        return "message type " + (type & 0xFF);
    }
}
