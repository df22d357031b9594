package org.howdah.wire;

import java.nio.ByteBuffer;

/**
 * What a client may send first: a length that counts itself, a code, and what the code asks for; no
 * type.
 */
public sealed interface StartupPacket
        permits StartupMessage, SslRequest, GssEncRequest, CancelRequest {

    /** Bytes that must be there before the length can be known. */
    int LENGTH_BYTES = 4;

    /** Of a packet with its length, as PostgreSQL bounds it. */
    int MOST_BYTES = 10_000;

    /** First byte of a TLS handshake: the client begins without asking (PostgreSQL 17). */
    byte TLS_HANDSHAKE = 0x16;

    /** Name of this protocol in TLS, without which a direct handshake is refused. */
    String ALPN = "postgresql";

    /** What both requests for encryption are answered when there is none. */
    byte NO_ENCRYPTION = 'N';

    /** Answer to SSLRequest: the handshake may begin. */
    byte TLS_FOLLOWS = 'S';

    /**
     * Length in bytes of the whole packet.
     *
     * @param at index of its first byte; {@link #LENGTH_BYTES} bytes must be there
     */
    static int bytes(ByteBuffer in, int at) {
        int length = in.getInt(at);
        if (length < 8 || length > MOST_BYTES) {
            throw ProtocolViolation.of("invalid length of startup packet");
        }
        return length;
    }

    /**
     * Reads a whole packet.
     *
     * @param from index of its first byte, the length's
     * @param to index behind its last byte: {@code from} + {@link #bytes}
     */
    static StartupPacket parseFrom(ByteBuffer in, int from, int to) {
        if (to - from < 8 || bytes(in, from) != to - from) {
            throw ProtocolViolation.of("invalid length of startup packet");
        }
        int code = in.getInt(from + LENGTH_BYTES);
        FieldReader reader =
                new FieldReader("startup packet", in, from + LENGTH_BYTES + Integer.BYTES, to);
        return switch (code) {
            case SslRequest.CODE -> {
                reader.end();
                yield new SslRequest();
            }
            case GssEncRequest.CODE -> {
                reader.end();
                yield new GssEncRequest();
            }
            case CancelRequest.CODE -> new CancelRequest(CancelKey.readFrom(reader));
            default -> StartupMessage.readFrom(new ProtocolVersion(code), reader);
        };
    }

    void writeTo(MessageWriter out);
}
