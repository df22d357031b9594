package org.howdah.proxy;

import java.util.Set;

/**
 * A client that keeps its server connection beyond its transactions.
 *
 * @param client its number, which its BackendKeyData calls the process
 * @param since when the first of the reasons came, by {@link System#nanoTime}
 * @param serverProcess the backend that it keeps
 */
record PinState(PoolKey pool, int client, Set<Pin> reasons, long since, int serverProcess) {

    PinState {
        reasons = Set.copyOf(reasons);
    }
}
