package org.howdah.transport;

import java.nio.ByteBuffer;

/**
 * What happens on a {@link Channel}. All methods are called by the loop's thread, never from within
 * a call of the receiver's own into the channel, except where a method says so.
 */
public interface Receiver {

    /**
     * Bytes have arrived. The receiver takes a prefix of them; what it leaves comes again with more
     * behind it, or when {@link Channel#redeliver} asks for it. The buffer is the loop's: it is
     * valid during this call only, its position and limit mean nothing and must be left alone.
     *
     * <p>When the peer ends the connection, what was left over is not offered again: a receiver
     * that will still want it pauses reading, and hears of the end when it resumes.
     *
     * @param in a direct buffer in network byte order; read it by index
     * @param from index of the first byte
     * @param to index behind the last byte, greater than {@code from}
     * @return index behind the last byte that was taken
     */
    int received(ByteBuffer in, int from, int to);

    /**
     * The backlog has fallen below the {@linkplain Channel#LOW_WATER low-water mark} after it had
     * been above the high one.
     */
    void drained();

    /**
     * The channel is connected. Called only for those that {@link EventLoop#connect} made, and for
     * a {@link TlsChannel} when its handshake is done.
     */
    default void connected() {}

    /**
     * The channel is closed and its resources are gone: the last call. Never called from within
     * {@link Channel#close}.
     */
    void closed(Closing why);
}
