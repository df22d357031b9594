package org.howdah.proxy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What a database or a user sets differently from the proxy's own settings. */
public record Overrides(
        Optional<PoolMode> mode,
        OptionalInt poolSize,
        OptionalInt minimum,
        OptionalInt reserve,
        OptionalInt maxServers,
        OptionalInt maxClients,
        Optional<Duration> serverLifetime,
        Optional<Duration> query,
        Optional<Duration> transaction,
        Optional<Duration> idleTransaction,
        Optional<Duration> clientIdle,
        Optional<Duration> queryWait) {

    public static final Overrides NONE =
            new Overrides(
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
}
