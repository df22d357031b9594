package org.howdah.proxy;

import java.util.List;
import java.util.OptionalInt;
import org.howdah.proxy.SettingKey.Scope;

/** What the connection string of a peer says; peers have no effect. */
public final class PeerKeys {
    private PeerKeys() {}

    static final SettingKey<String> HOST =
            SettingKey.of(
                    Scope.PEER, "host", SettingType.TEXT, "", "Where the other process listens.");

    static final SettingKey<OptionalInt> POOL_SIZE =
            SettingKey.of(
                    Scope.PEER,
                    "pool_size",
                    SettingType.OWN_COUNT,
                    "",
                    "Most requests at the same time.");

    static final SettingKey<Integer> PORT =
            SettingKey.of(
                    Scope.PEER, "port", SettingType.PORT, "6432", "Port of the other process.");

    static final List<SettingKey<?>> ALL = List.of(HOST, POOL_SIZE, PORT);
}
