package org.howdah.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Addresses as the system writes them: struct sockaddr_in, sockaddr_in6 and sockaddr_un, see ip(7),
 * ipv6(7), unix(7).
 */
final class SystemAddresses {
    /** The longest, with room to spare. */
    static final int BYTES = 128;

    static final int FAMILY_UNIX = 1;
    static final int FAMILY_IP_4 = 2;
    static final int FAMILY_IP_6 = 10;

    /** A path and the zero behind it. */
    private static final int PATH_BYTES = 108;

    private static final int PORT = 2;
    private static final int IP_4 = 4;
    private static final int IP_6 = 8;
    private static final int SCOPE = 24;
    private static final int PATH = 2;

    private SystemAddresses() {}

    static int family(SocketAddress address) throws UnknownHostException {
        return switch (address) {
            case UnixDomainSocketAddress unix -> FAMILY_UNIX;
            case InetSocketAddress ip when ip.isUnresolved() ->
                    throw new UnknownHostException("Name or service not known");
            case InetSocketAddress ip when ip.getAddress() instanceof Inet6Address -> FAMILY_IP_6;
            case InetSocketAddress ip -> FAMILY_IP_4;
            default -> throw new UnknownHostException("Address family not supported by protocol");
        };
    }

    /**
     * Writes the address at the beginning of a buffer.
     *
     * @return its length in bytes
     */
    static int write(SocketAddress address, ByteBuffer to) throws UnknownHostException {
        int family = family(address);
        for (int i = 0; i < BYTES; i++) {
            to.put(i, (byte) 0);
        }
        to.put(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : 1, (byte) family);
        if (address instanceof UnixDomainSocketAddress unix) {
            byte[] path = unix.getPath().toString().getBytes(StandardCharsets.UTF_8);
            if (path.length >= PATH_BYTES) {
                throw new UnknownHostException("Unix domain path too long");
            }
            to.put(PATH, path);
            return PATH + path.length + 1;
        }
        InetSocketAddress ip = (InetSocketAddress) address;
        to.putShort(PORT, (short) ip.getPort());
        to.put(family == FAMILY_IP_6 ? IP_6 : IP_4, ip.getAddress().getAddress());
        if (ip.getAddress() instanceof Inet6Address six) {
            to.slice(SCOPE, Integer.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putInt(0, six.getScopeId());
            return SCOPE + Integer.BYTES;
        }
        return 16;
    }

    static int family(ByteBuffer from) {
        return from.get(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : 1);
    }

    static char port(ByteBuffer from) {
        return from.getChar(PORT);
    }

    static int ip4(ByteBuffer from) {
        return from.getInt(IP_4);
    }

    /** Anything but a path: those who connect by a unix socket have none. */
    static SocketAddress read(ByteBuffer from) {
        return switch (family(from)) {
            case FAMILY_IP_4 -> socket4(ip4(from), port(from));
            case FAMILY_IP_6 -> {
                byte[] bytes = new byte[16];
                from.get(IP_6, bytes);
                yield new InetSocketAddress(address(bytes), port(from));
            }
            default -> UnixDomainSocketAddress.of("");
        };
    }

    static InetSocketAddress socket4(int ip, char port) {
        byte[] bytes = {(byte) (ip >>> 24), (byte) (ip >>> 16), (byte) (ip >>> 8), (byte) ip};
        return new InetSocketAddress(address(bytes), port);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException(wrongLength);
        }
    }
}
