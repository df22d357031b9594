package org.howdah.proxy;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line of an HBA file. Source: https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
 *
 * @param connection which connections it is about
 * @param databases names, or {@code all}, {@code sameuser}, {@code replication}
 * @param users names or {@code all}
 * @param network addresses it is about; empty: all
 * @param method what it demands
 * @param options such as {@code map} with the pairs of the ident map
 * @param line where it stands, for messages
 */
public record HbaRule(
        Connection connection,
        List<String> databases,
        List<String> users,
        Optional<Network> network,
        AuthMethod method,
        Map<String, String> options,
        int line) {

    /** Kinds of connections. */
    public enum Connection {
        LOCAL,
        HOST,
        HOST_TLS,
        HOST_PLAIN
    }

    /** An address with the number of its leading bits that count. */
    public record Network(InetAddress address, int bits) {}
}
