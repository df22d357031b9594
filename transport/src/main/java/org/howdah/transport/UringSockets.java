package org.howdah.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** Plain sockets, made and set up by system calls; the ring moves their bytes. */
final class UringSockets {
    private static final int SOCK_STREAM_CLOEXEC = 1 | 02000000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_KEEPALIVE = 9;
    private static final int SO_REUSEPORT = 15;
    private static final int SO_PEERCRED = 17;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int TCP_KEEPIDLE = 4;
    private static final int TCP_KEEPINTVL = 5;
    private static final int TCP_KEEPCNT = 6;
    private static final int TCP_USER_TIMEOUT = 18;
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;
    private static final int ADDRESS_IN_USE = -98;
    private static final int ADDRESS_NOT_AVAILABLE = -99;

    private final SystemCalls calls;
    private final MemorySegment value;
    private final MemorySegment addressLength;
    private final MemorySegment address;
    private final ByteBuffer addressBytes;

    UringSockets(SystemCalls calls, Arena arena) {
        this.calls = calls;
        this.value = arena.allocate(JAVA_INT);
        this.addressLength = arena.allocate(JAVA_INT);
        this.address = arena.allocate(SystemAddresses.BYTES, Long.BYTES);
        this.addressBytes = address.asByteBuffer();
    }

    /** A socket that may connect to the address. */
    int open(SocketAddress to, SocketSettings settings) throws IOException {
        int family = SystemAddresses.family(to);
        int socket = checked(calls.socket(family, SOCK_STREAM_CLOEXEC));
        setUp(socket, family, settings);
        return socket;
    }

    /** A socket that listens at the address. What is set on it holds for those it accepts. */
    int listen(SocketAddress at, SocketSettings settings) throws IOException {
        int family = SystemAddresses.family(at);
        int socket = checked(calls.socket(family, SOCK_STREAM_CLOEXEC));
        try {
            setUp(socket, family, settings);
            set(socket, SOL_SOCKET, SO_REUSEADDR, 1);
            if (settings.reusePort() && family != SystemAddresses.FAMILY_UNIX) {
                set(socket, SOL_SOCKET, SO_REUSEPORT, 1);
            }
            if (at instanceof UnixDomainSocketAddress unix) {
                UnixPath path = new UnixPath(unix.getPath());
                path.clear();
                // Linux gives the file no more than what the socket has now: nobody may slip in.
                checked(calls.fchmod(socket, settings.unixMode()));
                bind(socket, at);
                path.permit(settings.unixMode());
            } else {
                bind(socket, at);
            }
            checked(calls.listen(socket, settings.backlog()));
            return socket;
        } catch (IOException | RuntimeException failure) {
            calls.close(socket);
            throw failure;
        }
    }

    private void bind(int socket, SocketAddress at) throws IOException {
        int length = SystemAddresses.write(at, addressBytes);
        checked(calls.bind(socket, address, length));
    }

    private void setUp(int socket, int family, SocketSettings settings) {
        if (settings.bufferBytes() > 0) {
            set(socket, SOL_SOCKET, SO_RCVBUF, settings.bufferBytes());
            set(socket, SOL_SOCKET, SO_SNDBUF, settings.bufferBytes());
        }
        if (family == SystemAddresses.FAMILY_UNIX) {
            return;
        }
        set(socket, IPPROTO_TCP, TCP_NODELAY, 1);
        if (settings.userTimeout().isPositive()) {
            set(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, toInt(settings.userTimeout().toMillis()));
        }
        settings.keepAlive().ifPresent(keepAlive -> setUp(socket, keepAlive));
    }

    private void setUp(int socket, SocketSettings.KeepAlive keepAlive) {
        set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
        setSeconds(socket, TCP_KEEPIDLE, keepAlive.idle());
        setSeconds(socket, TCP_KEEPINTVL, keepAlive.interval());
        if (keepAlive.count() > 0) {
            set(socket, IPPROTO_TCP, TCP_KEEPCNT, keepAlive.count());
        }
    }

    private void setSeconds(int socket, int option, Duration time) {
        if (time.isPositive()) {
            set(socket, IPPROTO_TCP, option, Math.max(1, toInt(time.toSeconds())));
        }
    }

    private static int toInt(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    /** The system refuses values outside its limits; the socket works without. */
    private void set(int socket, int level, int option, int number) {
        value.set(JAVA_INT, 0, number);
        int ignored = calls.setsockopt(socket, level, option, value);
    }

    /** Where a socket is bound. */
    SocketAddress local(int socket) throws IOException {
        addressLength.set(JAVA_INT, 0, SystemAddresses.BYTES);
        checked(calls.getsockname(socket, address, addressLength));
        return SystemAddresses.read(addressBytes);
    }

    /** The user at the other end of a unix socket. */
    Optional<String> peerUser(int socket) {
        // struct ucred: pid, uid, gid
        addressLength.set(JAVA_INT, 0, 3 * Integer.BYTES);
        int outcome = calls.getsockopt(socket, SOL_SOCKET, SO_PEERCRED, address, addressLength);
        return outcome < 0
                ? Optional.empty()
                : Optional.of(SystemCalls.userName(address.get(JAVA_INT, Integer.BYTES)));
    }

    void shutDownOutput(int socket) {
        int ignored = calls.shutdown(socket, SHUT_WR);
    }

    /** A listener turns clients away from now on. */
    void stopListening(int socket) {
        int ignored = calls.shutdown(socket, SHUT_RDWR);
    }

    void close(int descriptor) {
        int ignored = calls.close(descriptor);
    }

    private static int checked(int outcome) throws IOException {
        if (outcome >= 0) {
            return outcome;
        }
        String words = SystemCalls.words(outcome);
        throw outcome == ADDRESS_IN_USE || outcome == ADDRESS_NOT_AVAILABLE
                ? new BindException(words)
                : new SocketException(words);
    }
}
