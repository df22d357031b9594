package org.howdah.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Clients that are not logged in yet: there may be only so many at a time, and an address from
 * which logins fail again and again is answered more and more slowly. Any thread.
 */
final class Outsiders {

    /** There may be so many in any case, so that few allowed clients can still come in a rush. */
    private static final int LEAST = 100;

    /** Wrong passwords happen: so many from one address cost nothing. */
    private static final int FREE_FAILURES = 3;

    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final int MOST_DOUBLINGS = 5;

    /** Answers to one address that are held back at the same time. */
    private static final int MOST_DELAYED = 64;

    private static final Duration FORGOTTEN = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 10_000;

    private final Map<String, Failures> addresses = new LinkedHashMap<>(16, 0.75f, true);
    private int connected;
    private int loggingIn;

    private static final class Failures {
        private int count;
        private int delayed;
        private long last;
    }

    /** A client has connected; false: one too many, or its address has failed too often. */
    synchronized boolean come(SocketAddress address, int mostClients) {
        Failures failures = addresses.isEmpty() ? null : addresses.get(name(address));
        if (connected >= Math.max(LEAST, mostClients)
                || (failures != null && failures.delayed >= MOST_DELAYED)) {
            return false;
        }
        connected++;
        return true;
    }

    /** It is gone or logged in. */
    synchronized void gone() {
        connected--;
    }

    /**
     * It has said who it wants to be.
     *
     * @param room how many more may be logged in
     */
    synchronized boolean begin(int room) {
        if (loggingIn >= room) {
            return false;
        }
        loggingIn++;
        return true;
    }

    /** Its login has ended, whatever the outcome. */
    synchronized void end() {
        loggingIn--;
    }

    synchronized int loggingIn() {
        return loggingIn;
    }

    /**
     * A login has failed.
     *
     * @return how long to hold the answer back; {@link #answered} is to be called then
     */
    synchronized Duration failed(SocketAddress address, long now) {
        Failures failures = addresses.computeIfAbsent(name(address), _ -> new Failures());
        if (now - failures.last > FORGOTTEN.toNanos()) {
            failures.count = 0;
        }
        failures.last = now;
        failures.count++;
        failures.delayed++;
        if (addresses.size() > MOST_ADDRESSES) {
            addresses.remove(addresses.keySet().iterator().next());
        }
        int over = failures.count - FREE_FAILURES;
        return over <= 0
                ? Duration.ZERO
                : FIRST_DELAY.multipliedBy(1L << Math.min(over - 1, MOST_DOUBLINGS));
    }

    /** A failed login has had its answer. */
    synchronized void answered(SocketAddress address) {
        Failures failures = addresses.get(name(address));
        if (failures != null) {
            failures.delayed = Math.max(0, failures.delayed - 1);
        }
    }

    /** Who owns one IPv6 address owns the 2^64 around it. */
    private static String name(SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet) || internet.getAddress() == null) {
            return "local";
        }
        InetAddress host = internet.getAddress();
        byte[] bytes = host.getAddress();
        return HexFormat.of()
                .formatHex(host instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
