package org.howdah.proxy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Decides by the rules of an HBA file; called by any loop. */
public final class Hba {
    private Hba() {}

    /**
     * What a client that wants to come in is known by.
     *
     * @param address empty on a unix socket
     * @param tls whether the connection is encrypted
     * @param physicalReplication whether it asked for {@code replication=true}
     */
    public record Caller(
            Optional<InetAddress> address,
            boolean tls,
            boolean physicalReplication,
            String database,
            String user) {}

    /** The first rule that is about this caller; without one it is refused. */
    public static Optional<HbaRule> decide(List<HbaRule> rules, Caller caller) {
        return rules.stream().filter(rule -> about(rule, caller)).findFirst();
    }

    private static boolean about(HbaRule rule, Caller caller) {
        return connection(rule, caller)
                && database(rule.databases(), caller)
                && rule.users().match(caller.user());
    }

    private static boolean connection(HbaRule rule, Caller caller) {
        if (rule.connection() == HbaRule.Connection.LOCAL || caller.address().isEmpty()) {
            return rule.connection() == HbaRule.Connection.LOCAL && caller.address().isEmpty();
        }
        boolean kind =
                switch (rule.connection()) {
                    case HOST, LOCAL -> true;
                    case HOST_TLS -> caller.tls();
                    case HOST_PLAIN -> !caller.tls();
                };
        return kind
                && (rule.networks().isEmpty()
                        || rule.networks().stream()
                                .anyMatch(network -> network.contains(caller.address().get())));
    }

    private static boolean database(HbaRule.Names databases, Caller caller) {
        if (caller.physicalReplication()) {
            return databases.replication();
        }
        return databases.match(caller.database())
                || (databases.sameUser() && caller.database().equals(caller.user()));
    }
}
