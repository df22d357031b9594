package org.howdah.proxy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.howdah.postgres.NearestName;

/**
 * The one table of all keys: files are read, the console's SHOW CONFIG and SET answered, files
 * converted and the documentation checked by it.
 */
public final class SettingKeys {
    private static final List<SettingKey<?>> ALL =
            Stream.of(
                            ListenKeys.ALL,
                            LoginKeys.ALL,
                            LogKeys.ALL,
                            PoolKeys.ALL,
                            ProcessKeys.ALL,
                            StateKeys.ALL,
                            TimeKeys.ALL,
                            TlsKeys.ALL,
                            DatabaseKeys.ALL,
                            UserKeys.ALL,
                            PeerKeys.ALL)
                    .<SettingKey<?>>flatMap(List::stream)
                    .sorted(Comparator.comparing(SettingKey::name))
                    .toList();

    private SettingKeys() {}

    /** By name, as SHOW CONFIG lists them. */
    public static List<SettingKey<?>> of(SettingKey.Scope scope) {
        return ALL.stream().filter(key -> key.scope() == scope).toList();
    }

    public static Optional<SettingKey<?>> find(SettingKey.Scope scope, String name) {
        return ALL.stream()
                .filter(key -> key.scope() == scope && key.name().equals(name))
                .findFirst();
    }

    /** What to say to somebody who wrote a key that there is not. */
    public static String suggestion(SettingKey.Scope scope, String name) {
        Optional<SettingKey.Scope> elsewhere = elsewhere(name);
        if (elsewhere.isPresent()) {
            return "It is a key of "
                    + switch (elsewhere.get()) {
                        case GLOBAL -> "the proxy itself";
                        case DATABASE -> "a database";
                        case USER -> "a user";
                        case PEER -> "a peer";
                    };
        }
        return nearest(scope, name)
                .map(nearest -> "Did you mean " + nearest + "?")
                .orElse("docs/proxy-settings.md lists all keys");
    }

    /** Whether it is a name with a slip, or one that belongs elsewhere. */
    static boolean isNearToOne(SettingKey.Scope scope, String name) {
        return elsewhere(name).isPresent() || nearest(scope, name).isPresent();
    }

    private static Optional<SettingKey.Scope> elsewhere(String name) {
        return Stream.of(SettingKey.Scope.values())
                .filter(other -> find(other, name).isPresent())
                .findFirst();
    }

    private static Optional<String> nearest(SettingKey.Scope scope, String name) {
        return NearestName.of(name, of(scope).stream().map(SettingKey::name).toList());
    }
}
