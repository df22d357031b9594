package org.howdah.wire;

/** What a client can answer a server's request with. Never printed. */
public sealed interface Credentials {

    /** Nothing: the server must trust, or know the client by its certificate. */
    record None() implements Credentials {}

    /** Good for every method. */
    record Password(Payload password) implements Credentials {}

    /** Good for MD5 only. */
    record Md5(Md5Password hash) implements Credentials {}

    /**
     * Good for SCRAM only, and only where the server's salting is this one: the keys of a client
     * that has logged in here, when both have the same verifier.
     */
    record Scram(ScramKeys keys, ScramSalting salting) implements Credentials {}

    static Credentials none() {
        return new None();
    }

    static Credentials password(String text) {
        return new Password(Payload.of(text));
    }
}
