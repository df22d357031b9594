package org.howdah.proxy;

import java.util.Optional;

/**
 * A database as clients name it.
 *
 * @param name the clients' name for it, or {@code *} for all that are not named
 * @param backend its servers; for {@code *} the database there is the client's when {@code
 *     database} is empty
 * @param overrides what differs from the proxy's own settings
 * @param authUser as whom to run the authentication query; empty: the proxy's
 * @param authQuery empty: the proxy's
 * @param authDatabase where to run it; empty: the proxy's, else this one
 * @param autoPrepare whether unnamed statements that are seen often are prepared on the server;
 *     empty: the proxy's
 */
public record DatabaseSettings(
        String name,
        Backend backend,
        Overrides overrides,
        Optional<String> authUser,
        Optional<String> authQuery,
        Optional<String> authDatabase,
        Optional<Boolean> autoPrepare) {}
