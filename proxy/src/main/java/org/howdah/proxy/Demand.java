package org.howdah.proxy;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.howdah.transport.Channel;
import org.howdah.wire.StartupMessage;

/**
 * What is demanded of a client before it may come in.
 *
 * @param method never {@link AuthMethod#HBA}
 * @param map which outer names may be which user; empty: only the same
 * @param certificate whether a client certificate is demanded besides the method
 * @param certificateName whether that must name the user
 */
record Demand(
        AuthMethod method, Optional<IdentMap> map, boolean certificate, boolean certificateName) {

    private static final String CLIENT_CERT = "clientcert";

    /** By the settings, or by the first rule that is about this client. */
    static Demand of(LoginSettings login, Channel channel, boolean tls, StartupMessage startup) {
        if (login.method() != AuthMethod.HBA) {
            return of(login.method());
        }
        Hba.Caller caller =
                new Hba.Caller(
                        channel.remote() instanceof InetSocketAddress internet
                                ? Optional.ofNullable(internet.getAddress())
                                : Optional.empty(),
                        tls,
                        startup.replication() == StartupMessage.Replication.PHYSICAL,
                        startup.database(),
                        startup.user());
        return Hba.decide(login.rules(), caller).map(Demand::of).orElse(of(AuthMethod.REJECT));
    }

    private static Demand of(AuthMethod method) {
        return new Demand(method, Optional.empty(), false, false);
    }

    private static Demand of(HbaRule rule) {
        Map<String, String> options = rule.options();
        return new Demand(
                rule.method(),
                rule.map(),
                options.containsKey(CLIENT_CERT),
                "verify-full".equals(options.get(CLIENT_CERT)));
    }

    /** Whether somebody with this outer name may be that user. */
    boolean permits(String outer, String user) {
        return map.map(names -> names.permits(outer, user)).orElse(outer.equals(user));
    }
}
