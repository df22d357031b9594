package org.howdah.transport;

import java.time.Duration;
import java.util.Optional;

/**
 * How sockets are set up. TCP_NODELAY is always on.
 *
 * @param backlog length of the queue of a listener, as of listen(2)
 * @param reusePort whether several listeners may share the port (SO_REUSEPORT)
 * @param keepAlive SO_KEEPALIVE with these times; empty: off
 * @param userTimeout TCP_USER_TIMEOUT; zero: the system's
 * @param bufferBytes SO_RCVBUF and SO_SNDBUF; 0: the system's
 * @param unixMode permission bits of a listener's unix socket, such as 0777
 */
public record SocketSettings(
        int backlog,
        boolean reusePort,
        Optional<KeepAlive> keepAlive,
        Duration userTimeout,
        int bufferBytes,
        int unixMode) {

    /** How long {@link Channel#finish} waits for the last bytes to leave. */
    public static final Duration LINGER = Duration.ofSeconds(5);

    public static final SocketSettings DEFAULTS =
            new SocketSettings(4096, false, Optional.of(KeepAlive.SYSTEM), Duration.ZERO, 0, 0777);

    /**
     * TCP keepalive; zero everywhere means the system's value.
     *
     * @param idle TCP_KEEPIDLE
     * @param interval TCP_KEEPINTVL
     * @param count TCP_KEEPCNT
     */
    public record KeepAlive(Duration idle, Duration interval, int count) {
        public static final KeepAlive SYSTEM = new KeepAlive(Duration.ZERO, Duration.ZERO, 0);
    }
}
