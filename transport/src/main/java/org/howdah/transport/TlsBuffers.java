package org.howdah.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the TLS channels of a loop share: one buffer that their bytes are decrypted into and one
 * that they are encrypted into, and the list of those that have collected something to send. Both
 * buffers are in use only during a call.
 */
final class TlsBuffers {
    /** Several records go through at a time. */
    static final int BYTES = 128 * 1024;

    /** More than any record takes, plain or encrypted. */
    static final int RECORD = 36 * 1024;

    private final ByteBuffer plain = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer encrypted = ByteBuffer.allocate(BYTES);
    private final ByteBuffer received = ByteBuffer.allocate(BYTES);
    private List<TlsChannel> collected = new ArrayList<>();
    private List<TlsChannel> encrypting = new ArrayList<>();

    /** For decrypting into. */
    ByteBuffer plain() {
        return plain.clear();
    }

    /** For encrypting into. */
    ByteBuffer encrypted() {
        return encrypted.clear();
    }

    /**
     * Copies encrypted bytes to the heap, up to {@link #BYTES}: the JDK works there at little more
     * than half the cost for large records, and at nine tenths for small ones.
     *
     * @return the copy, from 0 to the buffer's limit
     */
    ByteBuffer copy(ByteBuffer in, int from, int to) {
        int length = Math.min(to - from, BYTES);
        received.clear().put(0, in, from, length);
        return received.limit(length);
    }

    /** The channel has something to encrypt when the turn ends. */
    void collected(TlsChannel channel) {
        collected.add(channel);
    }

    void forget(TlsChannel channel) {
        collected.remove(channel);
    }

    /** The turn ends. */
    void encryptCollected() {
        List<TlsChannel> now = collected;
        collected = encrypting;
        encrypting = now;
        for (int i = 0; i < now.size(); i++) {
            now.get(i).encryptCollected();
        }
        now.clear();
    }
}
