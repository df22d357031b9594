package org.howdah.wire;

import java.util.Optional;

/**
 * What a login knows of the connection that it goes through.
 *
 * @param tls whether it is encrypted
 * @param binding what can be bound to; empty without TLS
 */
public record LoginChannel(
        boolean tls, Optional<ChannelBinding> binding, ChannelBindingPolicy policy) {

    public static LoginChannel plain() {
        return new LoginChannel(false, Optional.empty(), ChannelBindingPolicy.PREFER);
    }

    public static LoginChannel encrypted(
            Optional<ChannelBinding> binding, ChannelBindingPolicy policy) {
        return new LoginChannel(true, binding, policy);
    }
}
