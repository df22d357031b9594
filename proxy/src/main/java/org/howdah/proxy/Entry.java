package org.howdah.proxy;

import java.security.SecureRandom;
import java.util.Optional;
import org.howdah.wire.ClientLogin;
import org.howdah.wire.Credentials;
import org.howdah.wire.LoginChannel;
import org.howdah.wire.ScramHash;
import org.howdah.wire.ScramKeyCache;

/** What logins to servers need. Any thread. */
final class Entry {

    private final ServerCredentials credentials;
    private final ScramKeyCache keys;
    private final SlowWork work;
    private final SecureRandom random;
    private volatile Optional<TlsSide> tls = Optional.empty();

    /**
     * @param keys derived from passwords, once for each salt
     * @param work for hashing and files
     */
    Entry(ServerCredentials credentials, ScramKeyCache keys, SlowWork work, SecureRandom random) {
        this.credentials = credentials;
        this.keys = keys;
        this.work = work;
        this.random = random;
    }

    ServerCredentials credentials() {
        return credentials;
    }

    SlowWork work() {
        return work;
    }

    /** How connections to servers are encrypted; empty: not at all. */
    Optional<TlsSide> tls() {
        return tls;
    }

    void tls(Optional<TlsSide> next) {
        tls = next;
    }

    /** Answers a server's demands. */
    ClientLogin login(String user, Credentials shown, LoginChannel channel) {
        return new ClientLogin(user, shown, channel, new ScramHash(), keys, random);
    }
}
