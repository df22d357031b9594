package org.howdah.transport;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a TLS channel was given to send and has not encrypted yet. */
final class TlsOutbox {
    private @Nullable Backlog collected;

    long bytes() {
        return collected == null ? 0 : collected.bytes();
    }

    void append(StreamTransport memory, ByteBuffer source, int offset, int length) {
        backlog(memory).append(source, offset, length);
    }

    void append(StreamTransport memory, byte[] source, int offset, int length) {
        backlog(memory).append(source, offset, length);
    }

    private Backlog backlog(StreamTransport memory) {
        Backlog waiting = collected;
        if (waiting == null) {
            waiting = memory.takeBacklog();
            collected = waiting;
        }
        return waiting;
    }

    /** Sends everything as records. */
    void encrypt(StreamTransport memory, TlsRecords records, Channel raw) throws SSLException {
        Backlog waiting = collected;
        if (waiting == null) {
            return;
        }
        for (Chunk chunk = waiting.first(); chunk != null; chunk = waiting.first()) {
            records.encrypt(chunk.bytes, chunk.from, chunk.to, raw);
            waiting.taken(chunk.length());
        }
        clear(memory);
    }

    void clear(StreamTransport memory) {
        Backlog waiting = collected;
        if (waiting != null) {
            collected = null;
            memory.giveBacklog(waiting);
        }
    }
}
