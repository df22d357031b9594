package org.howdah.transport;

import java.io.IOException;
import java.net.SocketAddress;

/**
 * The sockets of one loop, by one of the system's interfaces. Every method but {@link #wakeUp} is
 * called by the loop's thread. Receivers are called from within {@link #turn} only, or from {@link
 * Channel#redeliver}.
 */
interface Transport extends AutoCloseable {

    /** Listens. The same address may be given to several loops when {@code reusePort} is on. */
    Listening listen(SocketAddress address, SocketSettings settings, Acceptor acceptor)
            throws IOException;

    /** Starts to connect; the receiver hears {@code connected} or {@code closed}. */
    Channel connect(SocketAddress address, SocketSettings settings, Receiver receiver);

    /**
     * One turn: sends what was collected, waits until something happens, at most this long, and
     * tells the receivers.
     *
     * @param waitNanos 0: do not wait; negative: for as long as it takes
     */
    void turn(long waitNanos);

    /** Ends a wait in {@link #turn}. Any thread. */
    void wakeUp();

    /** Open channels, listeners left out. */
    int channels();

    /** Closes everything without telling the receivers. */
    @Override
    void close();
}
