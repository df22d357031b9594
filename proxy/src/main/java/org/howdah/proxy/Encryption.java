package org.howdah.proxy;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.howdah.wire.ChannelBinding;

/**
 * What is known of a client's TLS connection.
 *
 * @param on whether there is one
 * @param binding what a login can be bound to; empty where our certificate allows none
 * @param certificate the client's own, verified by our authorities; empty: it showed none
 */
record Encryption(
        boolean on, Optional<ChannelBinding> binding, Optional<X509Certificate> certificate) {

    static final Encryption NONE = new Encryption(false, Optional.empty(), Optional.empty());
}
