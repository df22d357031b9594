package org.howdah.postgres;

/** Text that is never shown: {@code toString} hides it. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The text itself, for the wire only. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "********";
    }
}
