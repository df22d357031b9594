package org.howdah.proxy;

import java.util.Map;
import java.util.Optional;

/**
 * What a server says of itself after a login, to be repeated to clients.
 *
 * @param parameters the settings that it reports, with their values on a fresh connection
 * @param refusal why there is none
 */
record Welcome(Map<String, String> parameters, Optional<Refusal> refusal) {

    static Welcome refused(Refusal why) {
        return new Welcome(Map.of(), Optional.of(why));
    }
}
