package org.howdah.postgres;

import java.util.Optional;

/**
 * How fast the server uses up its transaction and multixact numbers and writes WAL now. None where
 * the server does not tell.
 */
public record ServerRates(
        Optional<Rate> transactions, Optional<Rate> multixacts, Optional<Rate> walBytes) {

    static ServerRates unknown() {
        return new ServerRates(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
