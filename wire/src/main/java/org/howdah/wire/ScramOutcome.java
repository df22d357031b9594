package org.howdah.wire;

/** How a login ended. */
public sealed interface ScramOutcome {

    /**
     * The client knows the password.
     *
     * @param serverFinal to be sent in {@link Authentication.SaslFinal}
     * @param keys with which one can log in, as this client, to servers that have the same verifier
     */
    record Accepted(Payload serverFinal, ScramKeys keys) implements ScramOutcome {}

    /** Wrong password, or nobody of that name: the two must look the same. */
    record Refused() implements ScramOutcome {}
}
