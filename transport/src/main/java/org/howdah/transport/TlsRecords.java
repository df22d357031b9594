package org.howdah.transport;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** Turns bytes into TLS records and records into bytes, by the JDK's engine. */
final class TlsRecords {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;

    TlsRecords(SSLEngine engine) {
        this.engine = engine;
    }

    SSLEngine engine() {
        return engine;
    }

    /**
     * Runs what the handshake needs and takes long. Any thread, while the loop's leaves it alone.
     */
    void runTasks() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Decrypts at most one record, of which the first byte is at the buffer's position. */
    SSLEngineResult decrypt(ByteBuffer encrypted, ByteBuffer plain) throws SSLException {
        return engine.unwrap(encrypted, plain);
    }

    /**
     * Makes records of these bytes and sends them.
     *
     * @throws SSLException when the engine is closed or broken
     */
    void encrypt(ByteBuffer source, int from, int to, Channel raw) throws SSLException {
        ByteBuffer encrypted = buffers(raw).encrypted();
        source.limit(to).position(from);
        try {
            while (source.hasRemaining()) {
                SSLEngineResult result = engine.wrap(source, encrypted);
                if (result.getStatus() != SSLEngineResult.Status.OK) {
                    throw new SSLException("TLS is closed.");
                }
                if (encrypted.remaining() < TlsBuffers.RECORD) {
                    send(encrypted, raw);
                }
            }
        } finally {
            source.clear();
        }
        send(encrypted, raw);
    }

    /**
     * Sends what the engine has to say itself: a part of the handshake, an alert.
     *
     * @return whether the handshake is finished by this
     */
    boolean speak(Channel raw) throws SSLException {
        ByteBuffer encrypted = buffers(raw).encrypted();
        boolean finished = false;
        while (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
            SSLEngineResult result = engine.wrap(NOTHING, encrypted);
            finished |= result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.FINISHED;
            if (encrypted.remaining() < TlsBuffers.RECORD) {
                send(encrypted, raw);
            }
            if (result.bytesProduced() == 0) {
                throw new SSLException("TLS is closed.");
            }
        }
        send(encrypted, raw);
        return finished;
    }

    private static TlsBuffers buffers(Channel raw) {
        return StreamTransport.of(raw.loop()).tls();
    }

    private static void send(ByteBuffer encrypted, Channel raw) {
        raw.send(encrypted, 0, encrypted.position());
        encrypted.clear();
    }
}
