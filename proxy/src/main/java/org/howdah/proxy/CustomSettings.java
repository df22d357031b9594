package org.howdah.proxy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The names of settings with a dot that clients of a database have used. The server's list of
 * settings does not have those that no module has declared, so that it must be asked for each by
 * its name. For all loops.
 */
final class CustomSettings {

    /** Programs that make up names anew each time shall not fill the memory. */
    private static final int MOST = 256;

    /** As PostgreSQL allows since version 14: names in parts of letters, digits and {@code _$}. */
    private static final Pattern NAME =
            Pattern.compile(
                    "[a-z_\\x80-\\uffff][a-z_0-9$\\x80-\\uffff]*"
                            + "(\\.[a-z_\\x80-\\uffff][a-z_0-9$\\x80-\\uffff]*)+");

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** Takes note of the name if it has a dot; false when there are too many. */
    boolean note(String name) {
        if (name.indexOf('.') < 0 || names.contains(name) || !NAME.matcher(name).matches()) {
            return true;
        }
        return names.size() < MOST && names.add(name);
    }

    List<String> names() {
        return List.copyOf(names);
    }
}
