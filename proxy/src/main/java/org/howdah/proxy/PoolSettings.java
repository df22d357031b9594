package org.howdah.proxy;

import java.time.Duration;

/**
 * The bounds of one pool: one database for one user.
 *
 * @param mode when a server connection goes back
 * @param size most server connections; 0: no bound
 * @param minimum connections that are kept open, once the pool is in use; at most {@code size}
 * @param reserve connections beyond {@code size} when a client has waited for {@code reserveAfter}
 * @param reserveAfter zero: no reserve
 * @param rotate takes the server connection that has been idle longest; else the one used last
 * @param fastClose in session mode, closes a server connection that must go (and its client) once
 *     no transaction is open; else when the session ends
 */
public record PoolSettings(
        PoolMode mode,
        int size,
        int minimum,
        int reserve,
        Duration reserveAfter,
        boolean rotate,
        boolean fastClose) {}
