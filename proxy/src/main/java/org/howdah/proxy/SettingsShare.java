package org.howdah.proxy;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Makes equal settings the same object, for as long as somebody has them. For all loops. */
final class SettingsShare {

    private final Map<SessionSettings, WeakReference<SessionSettings>> known = new WeakHashMap<>();

    synchronized SessionSettings shared(SessionSettings settings) {
        if (settings.equals(SessionSettings.NONE)) {
            return SessionSettings.NONE;
        }
        WeakReference<SessionSettings> reference = known.get(settings);
        @Nullable SessionSettings same = reference == null ? null : reference.get();
        if (same == null) {
            known.put(settings, new WeakReference<>(settings));
            return settings;
        }
        return same;
    }
}
