package org.howdah.transport;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener of a ring. Several accepts are under way, each with room of its own for the client's
 * address; an accept that went on by itself could not tell it.
 */
final class UringListening implements Listening {
    private static final Logger LOG = LoggerFactory.getLogger(UringListening.class);
    private static final int PLACES = 32;
    private static final int PLACE_SHIFT = 16;

    /** After the system has refused; trying at once would only burn the processor. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final UringHome home;
    private final int number;
    private final int socket;
    private final Acceptor acceptor;
    private final ByteBuffer[] addresses = new ByteBuffer[PLACES];
    private final Chunk memory;
    private final boolean[] direct = new boolean[PLACES];
    private int underWay;
    private boolean closing;

    UringListening(UringHome home, int number, int socket, Acceptor acceptor) {
        this.home = home;
        this.number = number;
        this.socket = socket;
        this.acceptor = acceptor;
        this.memory = home.transport().pool().take(PLACES * (SystemAddresses.BYTES + Long.BYTES));
        for (int place = 0; place < PLACES; place++) {
            addresses[place] =
                    memory.bytes.slice(place * SystemAddresses.BYTES, SystemAddresses.BYTES);
        }
    }

    static int number(int subject) {
        return subject & ((1 << PLACE_SHIFT) - 1);
    }

    static int place(int subject) {
        return subject >>> PLACE_SHIFT;
    }

    void start() {
        for (int place = 0; place < PLACES; place++) {
            accept(place);
        }
    }

    private void accept(int place) {
        long address = memory.address + (long) place * SystemAddresses.BYTES;
        long length =
                memory.address + (long) PLACES * SystemAddresses.BYTES + (long) place * Long.BYTES;
        Memory.putInt(length, SystemAddresses.BYTES);
        // Of a unix socket's client we want to know the user, which only ordinary ones tell.
        direct[place] = NioSockets.isTcp(home.local()) && home.transport().slots().take();
        underWay++;
        home.transport().requests().accept(socket, direct[place], subject(place), address, length);
    }

    private int subject(int place) {
        return place << PLACE_SHIFT | number;
    }

    /**
     * An accept has ended.
     *
     * @param outcome the client's descriptor or slot, or the error negated
     */
    void acceptEnded(int place, int outcome) {
        underWay--;
        if (outcome >= 0) {
            accepted(place, outcome);
        } else if (direct[place]) {
            home.transport().slots().giveBack();
        }
        if (closing) {
            freeWhenIdle();
        } else if (outcome >= 0 || concernsOneClient(outcome)) {
            accept(place);
        } else {
            LOG.warn(
                    "{} cannot accept a client: {}; trying again.",
                    home.local(),
                    SystemCalls.words(outcome));
            home.transport().loop().after(PAUSE, () -> acceptAgain(place));
        }
    }

    private static boolean concernsOneClient(int outcome) {
        return outcome == SystemErrors.CONNECTION_ABORTED
                || outcome == SystemErrors.PROTOCOL
                || outcome == SystemErrors.INTERRUPTED;
    }

    private void acceptAgain(int place) {
        if (!closing) {
            accept(place);
        }
    }

    private void accepted(int place, int outcome) {
        int handle = direct[place] ? Handles.direct(outcome) : Handles.plain(outcome);
        ByteBuffer address = addresses[place];
        UringChannel channel =
                SystemAddresses.family(address) == SystemAddresses.FAMILY_IP_4
                        ? new UringIp4Channel(
                                home,
                                NoReceiver.NOBODY,
                                handle,
                                SystemAddresses.ip4(address),
                                SystemAddresses.port(address))
                        : new UringOtherChannel(
                                home, NoReceiver.NOBODY, handle, SystemAddresses.read(address));
        home.transport().adoptAccepted(channel, acceptor, closing);
    }

    @Override
    public SocketAddress local() {
        return home.local();
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        home.transport().system().stopListening(socket);
        UnixPath.removeOf(home.local());
        for (int place = 0; place < PLACES; place++) {
            home.transport().requests().cancel(Operation.ACCEPT, subject(place));
        }
        freeWhenIdle();
    }

    private void freeWhenIdle() {
        if (underWay == 0) {
            home.transport().system().close(socket);
            home.transport().pool().give(memory);
            home.transport().forget(number);
        }
    }

    /** The loop ends. */
    void closeNow() {
        home.transport().system().close(socket);
        if (!closing) {
            UnixPath.removeOf(home.local());
        }
    }
}
