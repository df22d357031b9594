package org.howdah.proxy;

import java.util.Optional;

/**
 * A change of a session's settings that a statement tells completely: what it is and nothing else.
 *
 * @param name the setting, in lower case; {@link #ALL} for all of them
 * @param sql the statement that sets it, to be repeated elsewhere; empty: it goes back to what the
 *     session began with
 */
record SettingChange(String name, Optional<String> sql) {

    /** RESET ALL. */
    static final String ALL = "*";

    static SettingChange reset(String name) {
        return new SettingChange(name, Optional.empty());
    }
}
