package org.howdah.wire;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server keeps of a password, as in {@code pg_authid.rolpassword}: enough to check a client
 * and to prove itself, not enough to log in elsewhere.
 */
public record ScramVerifier(ScramSalting salting, Payload storedKey, Payload serverKey) {

    private static final Pattern TEXT =
            Pattern.compile("SCRAM-SHA-256\\$(\\d{1,9}):([^$:]+)\\$([^$:]+):([^$:]+)");

    public ScramVerifier {
        if (storedKey.size() != ScramHash.BYTES || serverKey.size() != ScramHash.BYTES) {
            throw new IllegalArgumentException("Keys have " + ScramHash.BYTES + " bytes.");
        }
    }

    /** The one that belongs to a client's keys. */
    public static ScramVerifier of(ScramHash hash, ScramKeys keys, ScramSalting salting) {
        Payload storedKey = new Payload(hash.hash(keys.clientKey().array()));
        return new ScramVerifier(salting, storedKey, keys.serverKey());
    }

    /** Empty if it is not {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}. */
    public static Optional<ScramVerifier> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            Payload salt = new Payload(base64.decode(matcher.group(2)));
            int iterations = Integer.parseInt(matcher.group(1));
            return Optional.of(
                    new ScramVerifier(
                            new ScramSalting(salt, iterations),
                            new Payload(base64.decode(matcher.group(3))),
                            new Payload(base64.decode(matcher.group(4)))));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    /** Whether it was made from that password; takes as long as deriving it. */
    public boolean matches(ScramHash hash, byte[] password) {
        ScramKeys keys = ScramKeys.derive(hash, password, salting);
        return MessageDigest.isEqual(keys.serverKey().array(), serverKey.array());
    }

    /** As PostgreSQL stores it: not for printing. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$%d:%s$%s:%s"
                .formatted(
                        salting.iterations(),
                        base64.encodeToString(salting.salt().array()),
                        base64.encodeToString(storedKey.array()),
                        base64.encodeToString(serverKey.array()));
    }
}
