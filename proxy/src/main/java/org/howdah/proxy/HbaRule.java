package org.howdah.proxy;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A line of an HBA file. Source: https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
 *
 * @param connection which connections it is about
 * @param networks addresses it is about; empty: all
 * @param method what it demands
 * @param options such as {@code clientcert}
 * @param map which users of the system or names of certificates may be which user
 * @param line where it stands, for messages
 */
public record HbaRule(
        Connection connection,
        Names databases,
        Names users,
        List<Network> networks,
        AuthMethod method,
        Map<String, String> options,
        Optional<IdentMap> map,
        int line) {

    public HbaRule {
        networks = List.copyOf(networks);
        options = Map.copyOf(options);
    }

    /** Kinds of connections. */
    public enum Connection {
        LOCAL,
        HOST,
        HOST_TLS,
        HOST_PLAIN
    }

    /**
     * The databases or users of a rule.
     *
     * @param all every name
     * @param sameUser the database with the user's name
     * @param replication physical replication, which no other word means
     * @param names these
     * @param patterns names in which one of these is found
     */
    public record Names(
            boolean all,
            boolean sameUser,
            boolean replication,
            Set<String> names,
            List<Pattern> patterns) {

        public Names {
            names = Set.copyOf(names);
            patterns = List.copyOf(patterns);
        }

        boolean match(String name) {
            return all
                    || names.contains(name)
                    || patterns.stream().anyMatch(pattern -> pattern.matcher(name).find());
        }
    }

    /** An address with the number of its leading bits that count. */
    public record Network(InetAddress address, int bits) {

        /** Whether the address lies in this network; an IPv4 address never lies in an IPv6 one. */
        public boolean contains(InetAddress other) {
            byte[] ours = address.getAddress();
            byte[] theirs = other.getAddress();
            if (ours.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += Byte.SIZE) {
                int mask = 0xff00 >> Math.min(Byte.SIZE, bits - bit) & 0xff;
                if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
