package org.howdah.proxy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings as they were written, whatever the form of the file.
 *
 * @param file what was read
 * @param global values by key
 * @param databases by name, {@code *} among them
 * @param peers by number; other processes behind the same address
 */
public record RawSettings(
        String file,
        Map<String, RawValue> global,
        Map<String, RawEntry> databases,
        Map<String, RawEntry> users,
        Map<String, RawEntry> peers) {

    public RawSettings {
        global = Collections.unmodifiableMap(new LinkedHashMap<>(global));
        databases = Collections.unmodifiableMap(new LinkedHashMap<>(databases));
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
    }

    /** Nothing was written. */
    public static RawSettings empty(String file) {
        return new RawSettings(file, Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** The file that the next reload reads. */
    public String nextFile() {
        RawValue other = global.get(ProcessKeys.CONFFILE.name());
        return other == null || other.text().isEmpty() ? file : other.text();
    }

    /** With one value changed, as SET on the console does. */
    public RawSettings with(String key, RawValue value) {
        Map<String, RawValue> changed = new LinkedHashMap<>(global);
        changed.put(key, value);
        return new RawSettings(file, changed, databases, users, peers);
    }

    /**
     * These settings, read anew while the proxy runs with {@code current}: a key that only a start
     * may change keeps its value, with a warning where it was to change.
     */
    public RawSettings reloadedOver(RawSettings current, Problems problems) {
        Map<String, RawValue> kept = new LinkedHashMap<>(global);
        for (SettingKey<?> key : SettingKeys.of(SettingKey.Scope.GLOBAL)) {
            if (!key.changeable() && !text(key).equals(current.text(key))) {
                RawValue wanted = global.get(key.name());
                problems.warning(
                        wanted == null ? new Position(file, 0) : wanted.at(),
                        "%s cannot change while the proxy runs".formatted(key.name()),
                        "Restart the proxy for the new value");
                RawValue old = current.global.get(key.name());
                if (old == null) {
                    kept.remove(key.name());
                } else {
                    kept.put(key.name(), old);
                }
            }
        }
        return new RawSettings(file, kept, databases, users, peers);
    }

    private String text(SettingKey<?> key) {
        RawValue value = global.get(key.name());
        return key.shown(value == null ? key.fallback() : value.text());
    }

    /**
     * A line of SHOW CONFIG.
     *
     * @param fallback the default; empty text where there is none
     */
    public record Shown(String key, String value, String fallback, boolean changeable) {}

    /** All global keys by name with the values that hold. */
    public List<Shown> shown() {
        return SettingKeys.of(SettingKey.Scope.GLOBAL).stream()
                .map(key ->
                        new Shown(
                                key.name(),
                                key.equals(ProcessKeys.CONFFILE) ? nextFile() : text(key),
                                key.fallback(),
                                key.changeable()))
                .toList();
    }
}
