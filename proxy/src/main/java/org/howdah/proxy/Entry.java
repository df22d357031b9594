package org.howdah.proxy;

import java.security.SecureRandom;
import org.howdah.wire.ClientLogin;
import org.howdah.wire.Credentials;
import org.howdah.wire.LoginChannel;
import org.howdah.wire.ScramHash;
import org.howdah.wire.ScramKeyCache;

/**
 * What logins to servers need, for all loops.
 *
 * @param keys derived from passwords, once for each salt
 * @param work for hashing and files
 */
record Entry(
        ServerCredentials credentials, ScramKeyCache keys, SlowWork work, SecureRandom random) {

    /** Answers a server's demands. */
    ClientLogin login(String user, Credentials shown, LoginChannel channel) {
        return new ClientLogin(user, shown, channel, new ScramHash(), keys, random);
    }
}
