package org.howdah.wire;

import java.util.List;
import java.util.Optional;

/** The mechanisms of SASL that PostgreSQL has for passwords. */
public enum ScramMechanism {
    /** With channel binding. */
    SCRAM_SHA_256_PLUS("SCRAM-SHA-256-PLUS"),
    SCRAM_SHA_256("SCRAM-SHA-256");

    private final String text;

    ScramMechanism(String text) {
        this.text = text;
    }

    /** The name on the wire. */
    public String text() {
        return text;
    }

    public static Optional<ScramMechanism> of(String text) {
        for (ScramMechanism mechanism : values()) {
            if (mechanism.text.equals(text)) {
                return Optional.of(mechanism);
            }
        }
        return Optional.empty();
    }

    /** What a server offers, the better one first. */
    public static Authentication.Sasl offer(boolean bindable) {
        return new Authentication.Sasl(
                bindable
                        ? List.of(SCRAM_SHA_256_PLUS.text, SCRAM_SHA_256.text)
                        : List.of(SCRAM_SHA_256.text));
    }
}
