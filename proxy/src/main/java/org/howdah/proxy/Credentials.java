package org.howdah.proxy;

import java.util.Optional;

/**
 * What the proxy can show a server on behalf of a user.
 *
 * @param secret a password, an {@code md5...} hash or a {@code SCRAM-SHA-256$...} verifier
 */
record Credentials(Optional<Secret> secret) {

    static final Credentials NONE = new Credentials(Optional.empty());
}
