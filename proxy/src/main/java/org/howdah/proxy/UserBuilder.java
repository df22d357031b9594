package org.howdah.proxy;

import java.util.Optional;
import java.util.OptionalInt;

/** Makes a user's settings. */
final class UserBuilder {
    private UserBuilder() {}

    static UserSettings build(RawEntry entry, Problems problems) {
        Values values =
                new Values(
                        SettingKey.Scope.USER,
                        entry.values(),
                        "user %s: ".formatted(Quoted.of(entry.name())),
                        entry.at(),
                        problems);
        return new UserSettings(
                entry.name(),
                new Overrides(
                        values.find(UserKeys.POOL_MODE),
                        count(values, UserKeys.POOL_SIZE),
                        OptionalInt.empty(),
                        count(values, UserKeys.RESERVE_POOL_SIZE),
                        count(values, UserKeys.MAX_USER_CONNECTIONS),
                        count(values, UserKeys.MAX_USER_CLIENT_CONNECTIONS),
                        Optional.empty(),
                        values.find(UserKeys.QUERY_TIMEOUT).flatMap(own -> own),
                        values.find(UserKeys.TRANSACTION_TIMEOUT).flatMap(own -> own),
                        values.find(UserKeys.IDLE_TRANSACTION_TIMEOUT).flatMap(own -> own),
                        values.find(UserKeys.CLIENT_IDLE_TIMEOUT).flatMap(own -> own),
                        values.find(UserKeys.QUERY_WAIT_TIMEOUT).flatMap(own -> own)));
    }

    static OptionalInt count(Values values, SettingKey<OptionalInt> key) {
        return values.find(key).orElse(OptionalInt.empty());
    }
}
