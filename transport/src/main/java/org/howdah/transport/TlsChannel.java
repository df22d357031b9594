package org.howdah.transport;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
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
public final class TlsChannel extends Channel {
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

    private final Channel raw;
    private final TlsRecords records;
    private final Executor tasks;
    private final TlsInbox inbox = new TlsInbox(this::take);
    private final TlsOutbox outbox = new TlsOutbox();
    private Phase phase = Phase.HANDSHAKE;
    private boolean paused;
    private boolean peerEnded;
    private boolean taskRunning;
    private boolean listed;
    private int emptyRecords;
    private @Nullable Redelivery redelivery;
    private @Nullable Closing reason;

    private TlsChannel(Channel raw, SSLEngine engine, Executor tasks, Receiver receiver) {
        super(receiver);
        this.raw = raw;
        this.records = new TlsRecords(engine);
        this.tasks = tasks;
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
        if (phase == Phase.OVER) {
            return;
        }
        try {
            records.engine().beginHandshake();
            proceed();
        } catch (SSLException failure) {
            fail(failure);
        }
        raw.redeliver();
    }

    /** What was agreed on in the handshake. */
    public TlsAgreement agreement() {
        return TlsAgreement.of(records.engine());
    }

    private StreamTransport sockets() {
        return (StreamTransport) ((LoopThread) raw.loop()).sockets();
    }

    // The handshake

    /** Does what the engine wants until it wants bytes from the peer. */
    private void proceed() throws SSLException {
        while (phase != Phase.OVER) {
            switch (records.engine().getHandshakeStatus()) {
                case NEED_TASK -> {
                    refuseLaterHandshake();
                    startTasks();
                    return;
                }
                case NEED_WRAP -> {
                    refuseLaterHandshake();
                    if (records.speak(sockets().tls().encrypted(), raw)) {
                        established();
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {
                    return;
                }
            }
        }
    }

    /** TLS 1.3 has none, and what it has instead is harmless. */
    private void refuseLaterHandshake() throws SSLException {
        if (phase == Phase.OPEN && !agreement().protocol().equals("TLSv1.3")) {
            throw new SSLException("The peer wants to renegotiate.");
        }
    }

    private void startTasks() {
        taskRunning = true;
        raw.pauseReading();
        tasks.execute(() -> {
            records.runTasks();
            raw.loop().execute(this::tasksDone);
        });
    }

    private void tasksDone() {
        taskRunning = false;
        if (phase == Phase.OVER) {
            return;
        }
        try {
            proceed();
        } catch (SSLException failure) {
            fail(failure);
        }
        if (!paused && !taskRunning) {
            raw.resumeReading();
        }
    }

    private void established() {
        if (phase == Phase.HANDSHAKE) {
            phase = Phase.OPEN;
            guarded(receiver()::connected);
            list();
        } else if (phase == Phase.FINISHING_LATER) {
            phase = Phase.OPEN;
            finish();
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
        ByteBuffer plain = sockets().tls().plain();
        int at = from;
        try {
            while (at < to && phase != Phase.OVER && !paused && !taskRunning) {
                SSLEngineResult result = records.decrypt(in, at, to, plain);
                at += result.bytesConsumed();
                if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                    break;
                }
                if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                    peerEnded = true;
                    break;
                }
                decrypted(result);
                if (plain.remaining() < TlsBuffers.RECORD) {
                    deliver(plain);
                }
            }
            deliver(plain);
            endByPeerIfRead();
        } catch (SSLException failure) {
            deliver(plain);
            fail(failure);
        }
        return phase == Phase.OVER ? to : at;
    }

    private void decrypted(SSLEngineResult result) throws SSLException {
        if (result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.FINISHED) {
            established();
        }
        if (result.bytesProduced() > 0) {
            emptyRecords = 0;
        } else if (phase == Phase.OPEN && ++emptyRecords > EMPTY_RECORDS_MOST) {
            throw new SSLException("The peer sends records without data.");
        }
        if (result.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING) {
            proceed();
        }
    }

    private void deliver(ByteBuffer plain) {
        int length = plain.position();
        plain.clear();
        if (length == 0 || phase == Phase.OVER) {
            return;
        }
        if (paused) {
            inbox.keep(sockets(), plain, 0, length);
        } else {
            inbox.deliver(sockets(), plain, 0, length);
        }
    }

    private int take(ByteBuffer in, int from, int to) {
        int[] taken = {to};
        guarded(() -> {
            int upTo = receiver().received(in, from, to);
            if (upTo < from || upTo > to) {
                throw new IllegalStateException("The receiver took what is not there.");
            }
            taken[0] = upTo;
        });
        return taken[0];
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | OutOfMemoryError failure) {
            LOG.error(
                    "The receiver of {} has failed; the connection is closed.", remote(), failure);
            boolean ignored = end(Closing.failure(String.valueOf(failure)));
            raw.close();
        }
    }

    @Override
    public void redeliver() {
        if (phase != Phase.OVER) {
            inbox.redeliver(sockets());
        }
    }

    @Override
    public int leftOverBytes() {
        return inbox.bytes();
    }

    @Override
    public void pauseReading() {
        paused = true;
        raw.pauseReading();
    }

    @Override
    public void resumeReading() {
        if (!paused) {
            return;
        }
        paused = false;
        if (inbox.bytes() > 0 || peerEnded) {
            redeliverSoon();
        }
        if (!taskRunning) {
            raw.resumeReading();
        }
    }

    private void redeliverSoon() {
        if (redelivery == null) {
            redelivery = new Redelivery();
            loop().execute(redelivery);
        }
    }

    /** Delivers what was kept while reading was paused. */
    private final class Redelivery implements Runnable {
        /** The channel has gone to another loop. */
        private boolean canceled;

        @Override
        public void run() {
            if (canceled) {
                return;
            }
            redelivery = null;
            if (!paused) {
                redeliver();
                endByPeerIfRead();
            }
        }
    }

    @Override
    public boolean readingPaused() {
        return paused;
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

    /** The loop's turn ends. */
    void encryptCollected() {
        listed = false;
        encrypt();
    }

    private void encrypt() {
        if (phase != Phase.OPEN) {
            return;
        }
        try {
            outbox.encrypt(sockets(), records, raw);
        } catch (SSLException failure) {
            fail(failure);
        }
    }

    @Override
    public long backlogBytes() {
        return raw.backlogBytes() + outbox.bytes();
    }

    /** By what has been encrypted, for that is what {@code drained} is told by. */
    @Override
    public boolean congested() {
        return raw.congested();
    }

    // Ending

    @Override
    public void finish() {
        if (phase == Phase.HANDSHAKE) {
            phase = Phase.FINISHING_LATER;
            loop().after(SocketSettings.LINGER, this::close);
        } else if (phase == Phase.OPEN) {
            sayGoodbye(Closing.BY_US);
        }
    }

    /** The peer has closed TLS in order, and the receiver has seen all that came before. */
    private void endByPeerIfRead() {
        if (peerEnded && !paused) {
            sayGoodbye(Closing.BY_PEER);
        }
    }

    private void fail(SSLException failure) {
        String detail = "TLS: " + NioSockets.words(failure);
        LOG.debug("{} of {}", detail, remote(), failure);
        sayGoodbye(Closing.failure(detail));
    }

    /** Sends what waits and the alert that ends TLS, then closes the raw channel in order. */
    private void sayGoodbye(Closing why) {
        encrypt();
        if (!end(why)) {
            return;
        }
        try {
            records.engine().closeOutbound();
            boolean ignored = records.speak(sockets().tls().encrypted(), raw);
        } catch (SSLException failure) {
            LOG.debug("No last alert for {}.", remote(), failure);
        }
        raw.finish();
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
        raw.close();
    }

    private void rawClosed(Closing why) {
        if (!paused) {
            redeliver();
        }
        boolean ignored = end(explained(why));
        unlist();
        inbox.clear(sockets());
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
        return raw.open() && (phase == Phase.OPEN || phase == Phase.HANDSHAKE);
    }

    // Moving

    @Override
    public void moveTo(EventLoop target, Runnable arrived) {
        if (phase != Phase.OPEN || taskRunning || outbox.bytes() > 0) {
            throw new IllegalStateException("Only an open channel with nothing to send can move.");
        }
        boolean toDeliver = redelivery != null;
        if (redelivery != null) {
            redelivery.canceled = true;
            redelivery = null;
        }
        unlist();
        raw.moveTo(
                target,
                () -> {
                    arrived.run();
                    if (toDeliver) {
                        redeliverSoon();
                    }
                });
    }

    private void unlist() {
        if (listed) {
            listed = false;
            sockets().tls().forget(this);
        }
    }

    // The channel below

    @Override
    public EventLoop loop() {
        return raw.loop();
    }

    @Override
    public SocketAddress remote() {
        return raw.remote();
    }

    @Override
    public SocketAddress local() {
        return raw.local();
    }

    @Override
    public Optional<String> peerUser() {
        return raw.peerUser();
    }
}
