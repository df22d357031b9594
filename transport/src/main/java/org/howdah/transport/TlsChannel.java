package org.howdah.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS over another channel. Its receiver hears {@code connected} when the handshake is done, and
 * sees plain bytes only. What is sent during a turn of the loop becomes one record when the turn
 * ends. What is sent before the handshake is done waits for it.
 *
 * <p>Handshakes after the first one are refused. A peer that closes the connection without saying
 * so in TLS is reported as a failure, since bytes may have been cut off.
 */
public final class TlsChannel extends LayeredChannel {
    private static final Logger LOG = LoggerFactory.getLogger(TlsChannel.class);

    /** This much is encrypted before the turn ends, so that the sender sees the backlog grow. */
    private static final int COLLECTED_MOST = 64 * 1024;

    /** Records in a row without data after the handshake: key updates, empty records. */
    private static final int EMPTY_RECORDS_MOST = 32;

    private enum Phase {
        HANDSHAKE,
        OPEN,
        /** {@link #finish} was called during the handshake. */
        FINISHING_LATER,
        /** Nothing more in either direction. */
        OVER
    }

    private final TlsRecords records;
    private final TlsHandshake handshake;
    private final TlsOutbox outbox = new TlsOutbox();
    private Phase phase = Phase.HANDSHAKE;
    private boolean listed;
    private int emptyRecords;
    private @Nullable Closing reason;

    private TlsChannel(Channel raw, SSLEngine engine, Executor tasks, Receiver receiver) {
        super(raw, receiver);
        this.records = new TlsRecords(engine);
        this.handshake = new TlsHandshake(records, raw, tasks, new HandshakeOwner());
    }

    /**
     * Starts TLS on a channel that is connected and of which nobody else takes anything from now
     * on. What its receiver left over is the beginning of the handshake. The caller limits the time
     * that the handshake may take: there is no limit of its own.
     *
     * @param engine set up by the caller: client or server, its names, protocols and certificates
     * @param tasks runs what takes long, such as checking certificates; {@code Runnable::run} for
     *     the loop's own thread
     */
    public static TlsChannel start(
            Channel raw, SSLEngine engine, Executor tasks, Receiver receiver) {
        TlsChannel channel = new TlsChannel(raw, engine, tasks, receiver);
        raw.receiver(channel.new Encrypted());
        // The raw channel may be delivering just now; what its receiver leaves over comes then.
        raw.loop().execute(channel::begin);
        return channel;
    }

    private void begin() {
        if (phase != Phase.OVER) {
            handshake.begin();
            raw().redeliver();
        }
    }

    /** What was agreed on; of use when the handshake is done. */
    public TlsAgreement agreement() {
        return TlsAgreement.of(records.engine());
    }

    @Override
    boolean over() {
        return phase == Phase.OVER;
    }

    @Override
    boolean busy() {
        return handshake.taskRunning();
    }

    private final class HandshakeOwner implements TlsHandshake.Owner {
        @Override
        public void established() {
            if (phase == Phase.HANDSHAKE) {
                phase = Phase.OPEN;
                guarded(receiver()::connected);
                list();
            } else if (phase == Phase.FINISHING_LATER) {
                phase = Phase.OPEN;
                finish();
            }
        }

        @Override
        public void fail(SSLException failure) {
            TlsChannel.this.fail(failure);
        }

        @Override
        public boolean over() {
            return phase == Phase.OVER;
        }

        @Override
        public void readOn() {
            TlsChannel.this.readOn();
        }
    }

    // Reading

    /** Receives the encrypted bytes. */
    private final class Encrypted implements Receiver {
        @Override
        public int received(ByteBuffer in, int from, int to) {
            return decrypt(in, from, to);
        }

        @Override
        public void drained() {
            if (phase != Phase.OVER) {
                receiver().drained();
            }
        }

        @Override
        public void closed(Closing why) {
            rawClosed(why);
        }
    }

    private int decrypt(ByteBuffer in, int from, int to) {
        TlsBuffers buffers = sockets().tls();
        ByteBuffer plain = buffers.plain();
        int at = from;
        try {
            boolean more = true;
            while (more) {
                ByteBuffer encrypted = buffers.copy(in, at, to);
                boolean incomplete = decrypt(encrypted, plain);
                at += encrypted.position();
                more = incomplete && encrypted.position() > 0 && at + encrypted.remaining() < to;
            }
            deliver(plain);
        } catch (SSLException failure) {
            deliver(plain);
            fail(failure);
        }
        return phase == Phase.OVER ? to : at;
    }

    /**
     * Decrypts one record after the other.
     *
     * @return whether the last one is incomplete
     */
    private boolean decrypt(ByteBuffer encrypted, ByteBuffer plain) throws SSLException {
        while (phase != Phase.OVER && !readingPaused() && !busy()) {
            if (!encrypted.hasRemaining()) {
                return true;
            }
            SSLEngineResult result = records.decrypt(encrypted, plain);
            switch (result.getStatus()) {
                case OK -> decrypted(result);
                case BUFFER_UNDERFLOW -> {
                    return true;
                }
                case BUFFER_OVERFLOW -> throw new SSLException("A record is too large.");
                case CLOSED -> {
                    encrypted.position(encrypted.limit());
                    deliver(plain);
                    peerEnded();
                    return false;
                }
            }
            if (plain.remaining() < TlsBuffers.RECORD) {
                deliver(plain);
            }
        }
        return false;
    }

    private void decrypted(SSLEngineResult result) throws SSLException {
        if (result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.FINISHED) {
            handshake.established();
        }
        if (result.bytesProduced() > 0) {
            emptyRecords = 0;
        } else if (phase == Phase.OPEN && ++emptyRecords > EMPTY_RECORDS_MOST) {
            throw new SSLException("The peer sends records without data.");
        }
        if (result.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING) {
            handshake.proceed();
        }
    }

    // Sending

    @Override
    public void send(ByteBuffer source, int offset, int length) {
        if (length > 0 && open()) {
            outbox.append(sockets(), source, offset, length);
            collected();
        }
    }

    @Override
    public void send(byte[] source, int offset, int length) {
        if (length > 0 && open()) {
            outbox.append(sockets(), source, offset, length);
            collected();
        }
    }

    private void collected() {
        if (outbox.bytes() >= COLLECTED_MOST) {
            encrypt();
        } else {
            list();
        }
    }

    private void list() {
        if (!listed && phase == Phase.OPEN && outbox.bytes() > 0) {
            listed = true;
            sockets().tls().collected(this);
        }
    }

    private void unlist() {
        if (listed) {
            listed = false;
            sockets().tls().forget(this);
        }
    }

    /** The loop's turn ends. */
    void encryptCollected() {
        listed = false;
        encrypt();
    }

    private void encrypt() {
        if (phase == Phase.OPEN) {
            try {
                outbox.encrypt(sockets(), records, raw());
            } catch (SSLException failure) {
                fail(failure);
            }
        }
    }

    @Override
    public long backlogBytes() {
        return raw().backlogBytes() + outbox.bytes();
    }

    /** By what has been encrypted, for that is what {@code drained} is told by. */
    @Override
    public boolean congested() {
        return raw().congested();
    }

    // Ending

    @Override
    public void finish() {
        if (phase == Phase.HANDSHAKE) {
            phase = Phase.FINISHING_LATER;
            loop().after(SocketSettings.LINGER, this::close);
        } else {
            encrypt();
            sayGoodbye(Closing.BY_US);
        }
    }

    @Override
    void endByPeer() {
        encrypt();
        sayGoodbye(Closing.BY_PEER);
    }

    @Override
    void endByFailure(String detail) {
        boolean ignored = end(Closing.failure(detail));
        raw().close();
    }

    private void fail(SSLException failure) {
        String detail = "TLS: " + NioSockets.words(failure);
        LOG.debug("{} of {}", detail, remote(), failure);
        sayGoodbye(Closing.failure(detail));
    }

    /** Sends the alert that ends TLS, then closes the raw channel in order. */
    private void sayGoodbye(Closing why) {
        if (!end(why)) {
            return;
        }
        try {
            records.engine().closeOutbound();
            boolean ignored = records.speak(raw());
        } catch (SSLException failure) {
            LOG.debug("No last alert for {}.", remote(), failure);
        }
        raw().finish();
    }

    /**
     * Nothing more in either direction.
     *
     * @return false when it was so already: the first one tells why
     */
    private boolean end(Closing why) {
        if (phase == Phase.OVER) {
            return false;
        }
        phase = Phase.OVER;
        reason = why;
        return true;
    }

    @Override
    public void close() {
        boolean ignored = end(Closing.BY_US);
        raw().close();
    }

    private void rawClosed(Closing why) {
        if (!readingPaused()) {
            redeliver();
        }
        boolean ignored = end(explained(why));
        unlist();
        dropLeftOver();
        outbox.clear(sockets());
        receiver().closed(reason == null ? why : reason);
    }

    private static Closing explained(Closing why) {
        return why.cause() == Closing.Cause.PEER
                ? Closing.failure("The peer closed the connection without ending TLS")
                : why;
    }

    @Override
    public boolean open() {
        return raw().open() && (phase == Phase.OPEN || phase == Phase.HANDSHAKE);
    }

    @Override
    public void moveTo(EventLoop target, Runnable arrived) {
        if (phase != Phase.OPEN || busy() || outbox.bytes() > 0) {
            throw new IllegalStateException("Only an open channel with nothing to send can move.");
        }
        unlist();
        moveRaw(target, arrived);
    }
}
