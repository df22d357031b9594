package org.howdah.transport;

import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/**
 * The dialog before any data: it says what the engine wants to say, has the engine's long tasks run
 * by somebody else, and reads nothing meanwhile.
 */
final class TlsHandshake {
    private final TlsRecords records;
    private final Channel raw;
    private final Executor tasks;
    private final Owner owner;
    private boolean taskRunning;
    private boolean done;

    TlsHandshake(TlsRecords records, Channel raw, Executor tasks, Owner owner) {
        this.records = records;
        this.raw = raw;
        this.tasks = tasks;
        this.owner = owner;
    }

    /** Whose handshake it is. */
    interface Owner {
        /** The handshake is done. */
        void established();

        void fail(SSLException failure);

        /** Whether nothing more is to be said. */
        boolean over();

        /** A task has ended, during which nothing was read. */
        void readOn();
    }

    /** Whether the engine must be left alone. */
    boolean taskRunning() {
        return taskRunning;
    }

    void begin() {
        try {
            records.engine().beginHandshake();
            proceed();
        } catch (SSLException failure) {
            owner.fail(failure);
        }
    }

    /** Does what the engine wants until it wants bytes from the peer. */
    void proceed() throws SSLException {
        while (!owner.over()) {
            switch (records.engine().getHandshakeStatus()) {
                case NEED_TASK -> {
                    refuseAnother();
                    startTasks();
                    return;
                }
                case NEED_WRAP -> {
                    refuseAnother();
                    if (records.speak(raw)) {
                        established();
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {
                    return;
                }
            }
        }
    }

    void established() {
        done = true;
        owner.established();
    }

    /** TLS 1.3 has none, and what it has instead is harmless. */
    private void refuseAnother() throws SSLException {
        if (done && !records.engine().getSession().getProtocol().equals("TLSv1.3")) {
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
        if (owner.over()) {
            return;
        }
        try {
            proceed();
        } catch (SSLException failure) {
            owner.fail(failure);
        }
        if (!taskRunning) {
            owner.readOn();
        }
    }
}
