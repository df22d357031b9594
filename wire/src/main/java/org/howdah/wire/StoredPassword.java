package org.howdah.wire;

import java.security.MessageDigest;
import java.util.Optional;

/**
 * A password as a file of users or {@code pg_authid} has it. An empty one lets nobody in, as in
 * PostgreSQL.
 */
public sealed interface StoredPassword {

    /** As it is. */
    record Plain(Payload password) implements StoredPassword {}

    /** Hashed the old way. */
    record Md5(Md5Password hash) implements StoredPassword {}

    /** Hashed the new way. */
    record Scram(ScramVerifier verifier) implements StoredPassword {}

    /** What is neither {@code md5…} nor {@code SCRAM-SHA-256$…} is plain text, as in PgBouncer. */
    static StoredPassword parse(String text) {
        if (Md5Password.isOne(text)) {
            return new Md5(new Md5Password(text));
        }
        Optional<ScramVerifier> verifier = ScramVerifier.parse(text);
        return verifier.isPresent() ? new Scram(verifier.get()) : new Plain(Payload.of(text));
    }

    /**
     * Whether a password sent as plain text is the right one. Takes milliseconds for a SCRAM
     * verifier.
     */
    default boolean matches(String user, Payload password, ScramHash hash) {
        return switch (this) {
            case Plain(Payload known) ->
                    known.size() > 0 && MessageDigest.isEqual(known.array(), password.array());
            case Md5(Md5Password known) ->
                    MessageDigest.isEqual(
                            Payload.of(known.text()).array(),
                            Payload.of(Md5Password.of(user, password).text()).array());
            case Scram(ScramVerifier known) -> known.matches(hash, password.array());
        };
    }

    /** What an MD5 answer can be checked with; a SCRAM verifier cannot. */
    default Optional<Md5Password> md5(String user) {
        return switch (this) {
            case Plain(Payload known) ->
                    known.size() > 0 ? Optional.of(Md5Password.of(user, known)) : Optional.empty();
            case Md5(Md5Password known) -> Optional.of(known);
            case Scram _ -> Optional.empty();
        };
    }

    /** What SCRAM can be checked with; an MD5 hash cannot. */
    default Optional<ScramVerifier> scram(String user, ScramServer server, ScramKeyCache cache) {
        return switch (this) {
            case Plain(Payload known) ->
                    known.size() > 0
                            ? Optional.of(server.verifierOf(user, known, cache))
                            : Optional.empty();
            case Md5 _ -> Optional.empty();
            case Scram(ScramVerifier known) -> Optional.of(known);
        };
    }
}
