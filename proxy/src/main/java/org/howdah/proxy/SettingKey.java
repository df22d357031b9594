package org.howdah.proxy;

/**
 * A key of the configuration: all that files, console and documentation know of it.
 *
 * @param fallback its default as it is written; empty where there is none
 * @param changeable whether a reload may change it
 * @param own whether it is ours and unknown to PgBouncer
 * @param kept whether a second {@code [pgbouncer]} section leaves its value (PgBouncer gives the
 *     others their defaults again)
 * @param ineffective why it has no effect here; empty text where it has
 * @param description one sentence
 */
public record SettingKey<T>(
        String name,
        Scope scope,
        SettingType<T> type,
        String fallback,
        boolean changeable,
        boolean own,
        boolean kept,
        String ineffective,
        String description) {

    /** What a key is about. */
    public enum Scope {
        GLOBAL,
        DATABASE,
        USER,
        PEER
    }

    static <T> SettingKey<T> global(
            String name, SettingType<T> type, String fallback, String description) {
        return new SettingKey<>(
                name, Scope.GLOBAL, type, fallback, true, false, false, "", description);
    }

    static <T> SettingKey<T> of(
            Scope scope, String name, SettingType<T> type, String fallback, String description) {
        return new SettingKey<>(name, scope, type, fallback, true, false, false, "", description);
    }

    SettingKey<T> fixed() {
        return new SettingKey<>(
                name, scope, type, fallback, false, own, kept, ineffective, description);
    }

    SettingKey<T> ours() {
        return new SettingKey<>(
                name, scope, type, fallback, changeable, true, kept, ineffective, description);
    }

    SettingKey<T> keeping() {
        return new SettingKey<>(
                name, scope, type, fallback, changeable, own, true, ineffective, description);
    }

    SettingKey<T> without(String reason) {
        return new SettingKey<>(
                name, scope, type, fallback, changeable, own, kept, reason, description);
    }

    /**
     * @throws IllegalArgumentException whose message continues {@code key is "text", which ...}
     */
    T value(String text) {
        return type.parse().apply(text);
    }

    /** The text in the form that SHOW CONFIG has; the text itself where it is wrong. */
    String shown(String text) {
        try {
            return type.show().apply(value(text));
        } catch (IllegalArgumentException _) {
            return text;
        }
    }
}
