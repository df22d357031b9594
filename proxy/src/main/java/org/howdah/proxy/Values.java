package org.howdah.proxy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values of one part of the settings, read by the table of keys. */
final class Values {
    private final Map<SettingKey<?>, Object> values = new HashMap<>();
    private final Map<String, RawValue> raw;
    private final Position at;

    /**
     * Reads them all at once, so that every wrong one is a problem, whoever asks for it.
     *
     * @param owner begins the messages, such as {@code database "shop": }; or empty
     * @param at where the part begins
     */
    Values(
            SettingKey.Scope scope,
            Map<String, RawValue> raw,
            String owner,
            Position at,
            Problems problems) {
        this.raw = raw;
        this.at = at;
        raw.forEach((name, value) ->
                SettingKeys.find(scope, name)
                        .ifPresentOrElse(
                                key -> read(key, value, owner, problems),
                                () ->
                                        problems.error(
                                                value.at(),
                                                owner + "there is no key " + shown(scope, name),
                                                SettingKeys.suggestion(scope, name))));
    }

    /** After a password, an unknown name may be a piece of it, unless it is like a known one. */
    private String shown(SettingKey.Scope scope, String name) {
        boolean safe =
                !raw.containsKey(DatabaseKeys.PASSWORD.name())
                        || SettingKeys.isNearToOne(scope, name);
        return safe ? Quoted.of(name) : "of a name that is not shown";
    }

    private <T> void read(SettingKey<T> key, RawValue value, String owner, Problems problems) {
        try {
            T read = key.value(value.text());
            values.put(key, read);
            if (!key.ineffective().isEmpty()
                    && !key.shown(value.text()).equals(key.shown(key.fallback()))) {
                problems.note(
                        value.at(),
                        "%s%s is accepted, without effect".formatted(owner, key.name()),
                        "It may stay: " + key.ineffective());
            }
        } catch (IllegalArgumentException wrong) {
            problems.error(
                    value.at(),
                    "%s%s is %s, which %s"
                            .formatted(
                                    owner, key.name(), Quoted.of(value.text()), wrong.getMessage()),
                    "%s is of type %s%s"
                            .formatted(
                                    key.name(),
                                    key.type().name(),
                                    key.fallback().isEmpty()
                                            ? ""
                                            : "; its default is " + key.fallback()));
        }
    }

    /** The value that was written, or the default. */
    <T> T get(SettingKey<T> key) {
        return find(key).orElseGet(() -> key.value(key.fallback()));
    }

    /** The value that was written. */
    @SuppressWarnings("unchecked") // read() puts only what the key's own type made.
    <T> Optional<T> find(SettingKey<T> key) {
        return Optional.ofNullable((T) values.get(key));
    }

    /** A text; empty text counts as none. */
    Optional<String> text(SettingKey<String> key) {
        return Optional.of(get(key)).filter(text -> !text.isEmpty());
    }

    /** Where the key was written, or else where the part begins. */
    Position at(SettingKey<?> key) {
        RawValue value = raw.get(key.name());
        return value == null ? at : value.at();
    }
}
