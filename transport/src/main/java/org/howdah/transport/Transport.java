package org.howdah.transport;

import java.io.IOException;
import java.net.SocketAddress;

/**
 * The sockets of one loop, by one of the system's interfaces. Every method but {@link #wakeUp} is
 * called by the loop's thread. Receivers are called from within {@link #deliver} only, or from
 * {@link Channel#redeliver}.
 */
interface Transport extends AutoCloseable {

    /** Listens. The same address may be given to several loops when {@code reusePort} is on. */
    Listening listen(SocketAddress address, SocketSettings settings, Acceptor acceptor)
            throws IOException;

    /** Starts to connect; the receiver hears {@code connected} or {@code closed}. */
    Channel connect(SocketAddress address, SocketSettings settings, Receiver receiver);

    /**
     * Sends what was collected and waits until something happens, at most this long.
     *
     * @param waitNanos 0: do not wait; negative: for as long as it takes
     */
    void await(long waitNanos);

    /**
     * Tells the receivers what has happened.
     *
     * @return whether anything had
     */
    boolean deliver();

    /** Ends a wait in {@link #await}, or the next one when there is none. Any thread. */
    void wakeUp();

    /** Takes over a channel that another loop has let go of. */
    void adopt(StreamChannel channel);

    /** Which transport it is, and how it works. */
    EventLoop.Choice choice();

    /** Open channels, listeners left out. */
    int channels();

    /** Closes everything without telling the receivers. */
    @Override
    void close();
}
