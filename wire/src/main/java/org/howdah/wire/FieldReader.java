package org.howdah.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one message in order; whatever would lead out of it is a {@link
 * ProtocolViolation}. The buffer's position and limit are left alone.
 */
final class FieldReader {

    private final String message;
    private final ByteBuffer in;
    private final int to;
    private int at;

    /**
     * @param message the message's name, for the error
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    FieldReader(String message, ByteBuffer in, int from, int to) {
        if (from > to || to > in.limit()) {
            throw new IndexOutOfBoundsException(from + " to " + to + " of " + in.limit());
        }
        this.message = message;
        this.in = in;
        this.at = from;
        this.to = to;
    }

    int remaining() {
        return to - at;
    }

    byte int8() {
        need(1);
        return in.get(at++);
    }

    int int16() {
        need(2);
        int value = in.getShort(at);
        at += 2;
        return value;
    }

    int int32() {
        need(4);
        int value = in.getInt(at);
        at += 4;
        return value;
    }

    /** A count of things of which each has so many bytes at least. */
    int count16(int leastBytesEach) {
        int count = int16() & 0xFFFF;
        need((long) count * leastBytesEach);
        return count;
    }

    int count32(int leastBytesEach) {
        int count = int32();
        if (count < 0) {
            throw violation("negative count " + count);
        }
        need((long) count * leastBytesEach);
        return count;
    }

    byte[] bytes(int length) {
        if (length < 0) {
            throw violation("negative length " + length);
        }
        need(length);
        byte[] bytes = new byte[length];
        in.get(at, bytes);
        at += length;
        return bytes;
    }

    byte[] rest() {
        return bytes(remaining());
    }

    /** What does not decode as UTF-8 is replaced: for texts that people read. */
    String text() {
        return new String(textBytes(), StandardCharsets.UTF_8);
    }

    /** Refuses what is not UTF-8: for names, where two must not become one. */
    String strictText() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(textBytes()))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw ProtocolViolation.of(
                    SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                    "invalid byte sequence for encoding \"UTF8\" in " + message);
        }
    }

    byte[] textBytes() {
        byte[] bytes = bytes(WireText.requiredEnd(in, at, to, message) - at);
        at++;
        return bytes;
    }

    void end() {
        if (at != to) {
            throw violation(remaining() + " bytes too many");
        }
    }

    ProtocolViolation violation(String what) {
        return ProtocolViolation.of("invalid " + message + ": " + what);
    }

    private void need(long bytes) {
        if (bytes > remaining()) {
            throw violation("it ends too early");
        }
    }
}
