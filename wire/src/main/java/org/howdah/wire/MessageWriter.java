package org.howdah.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes messages one behind the other into a buffer that grows. {@link #begin} leaves room for the
 * length, {@link #end} fills it in. For one thread.
 */
public final class MessageWriter {

    private static final int NO_MESSAGE = -1;

    private final int mostBytesKept;
    private ByteBuffer buffer;
    private int lengthAt = NO_MESSAGE;

    private MessageWriter(ByteBuffer buffer) {
        this.buffer = buffer;
        this.mostBytesKept = Math.max(buffer.capacity(), 64 * 1024);
    }

    /**
     * On the heap.
     *
     * @param bytes initial capacity
     */
    public static MessageWriter heap(int bytes) {
        return new MessageWriter(ByteBuffer.allocate(bytes));
    }

    /**
     * Outside the heap, for a transport that would copy it there.
     *
     * @param bytes initial capacity
     */
    public static MessageWriter direct(int bytes) {
        return new MessageWriter(ByteBuffer.allocateDirect(bytes));
    }

    /** Begins a message of that type. */
    public MessageWriter begin(byte type) {
        int8(type);
        return beginUntyped();
    }

    /** Begins a packet without a type: the first ones of a connection. */
    public MessageWriter beginUntyped() {
        if (lengthAt != NO_MESSAGE) {
            throw new IllegalStateException("A message has begun and has not ended.");
        }
        lengthAt = buffer.position();
        return int32(0);
    }

    /** Ends the message: writes its length. */
    public MessageWriter end() {
        if (lengthAt == NO_MESSAGE) {
            throw new IllegalStateException("No message has begun.");
        }
        buffer.putInt(lengthAt, buffer.position() - lengthAt);
        lengthAt = NO_MESSAGE;
        return this;
    }

    /** A message of a type only. */
    public MessageWriter empty(byte type) {
        return begin(type).end();
    }

    public MessageWriter int8(int value) {
        room(1).put((byte) value);
        return this;
    }

    public MessageWriter int16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    public MessageWriter int32(int value) {
        room(4).putInt(value);
        return this;
    }

    public MessageWriter bytes(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    public MessageWriter bytes(byte[] value, int offset, int length) {
        room(length).put(value, offset, length);
        return this;
    }

    /** A region of a buffer, by index. */
    public MessageWriter bytes(ByteBuffer source, int from, int length) {
        ByteBuffer target = room(length);
        target.put(target.position(), source, from, length);
        target.position(target.position() + length);
        return this;
    }

    /**
     * UTF-8 and a zero byte behind it.
     *
     * @throws IllegalArgumentException if there is a zero character in it: the rest would be read
     *     as the next field
     */
    public MessageWriter text(String value) {
        if (value.indexOf(0) >= 0) {
            throw new IllegalArgumentException("A text on the wire cannot contain a zero byte.");
        }
        return bytes(value.getBytes(StandardCharsets.UTF_8)).int8(0);
    }

    /** A value with its length in bytes before it, as in Bind and DataRow. */
    public MessageWriter value(byte[] value) {
        return int32(value.length).bytes(value);
    }

    /** The SQL null in place of a value. */
    public MessageWriter nullValue() {
        return int32(-1);
    }

    /** What was written stands from index 0 to {@link #size()}; valid until the next write. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Bytes written since the last {@link #clear}. */
    public int size() {
        return buffer.position();
    }

    public byte[] toByteArray() {
        byte[] bytes = new byte[size()];
        buffer.get(0, bytes);
        return bytes;
    }

    /** Forgets what was written, also a message in the midst; a buffer grown large is let go. */
    public MessageWriter clear() {
        lengthAt = NO_MESSAGE;
        if (buffer.capacity() > mostBytesKept) {
            buffer = ofSameKind(mostBytesKept);
        }
        buffer.clear();
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (bytes > buffer.remaining()) {
            long needed = (long) buffer.position() + bytes;
            long capacity = Math.max(needed, 2L * buffer.capacity());
            ByteBuffer larger = ofSameKind((int) Math.min(capacity, Integer.MAX_VALUE - 8));
            buffer = larger.put(buffer.flip());
        }
        return buffer;
    }

    private ByteBuffer ofSameKind(int bytes) {
        return buffer.isDirect() ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    }
}
