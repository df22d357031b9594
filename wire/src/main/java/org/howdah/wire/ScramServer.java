package org.howdah.wire;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Checks clients by SCRAM-SHA-256. One for a thread; every login is a {@link ScramExchange} of its
 * own.
 *
 * <p>A login from a stored verifier costs two HMACs and one hash. A user that does not exist gets
 * the same: a salt that is always the same for that name, as many bytes, and the same computation
 * (one HMAC more for the salt, well below a microsecond), which can only fail.
 */
public final class ScramServer {

    private static final int NONCE_BYTES = 18;
    private static final byte[] SALT = "salt".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY = "key".getBytes(StandardCharsets.US_ASCII);

    private final ScramHash hash;
    private final SecureRandom random;
    private final byte[] secret;
    private final int iterations;
    private final Payload nobodysKey;

    /**
     * @param secret random bytes of this proxy, the same for all its threads and, where users
     *     should not be told apart by a restart, after it
     * @param iterations of salts made here; choose what the stored verifiers have
     */
    public ScramServer(ScramHash hash, SecureRandom random, Payload secret, int iterations) {
        this.hash = hash;
        this.random = random;
        this.secret = secret.array();
        this.iterations = iterations;
        this.nobodysKey = new Payload(derived(KEY, ""));
    }

    /**
     * Begins the login of a user that exists.
     *
     * @param binding what the connection's TLS offers for channel binding; empty without TLS
     */
    public ScramExchange begin(ScramVerifier verifier, Optional<ChannelBinding> binding) {
        return new ScramExchange(hash, nonce(), verifier, false, binding);
    }

    /** Begins the login of a user that does not exist or has no password: it will be refused. */
    public ScramExchange beginUnknown(String user, Optional<ChannelBinding> binding) {
        ScramVerifier nobody = new ScramVerifier(saltingOf(user), nobodysKey, nobodysKey);
        return new ScramExchange(hash, nonce(), nobody, true, binding);
    }

    /**
     * The salting of a name: for users that do not exist, and for those whose password is known as
     * plain text, so that nobody can tell them apart.
     */
    public ScramSalting saltingOf(String user) {
        byte[] salt = derived(SALT, user);
        return new ScramSalting(
                new Payload(Arrays.copyOf(salt, ScramSalting.DEFAULT_SALT_BYTES)), iterations);
    }

    /** A verifier for a password known as plain text; derived on its first use. */
    public ScramVerifier verifierOf(String user, Payload password, ScramKeyCache cache) {
        ScramSalting salting = saltingOf(user);
        return ScramVerifier.of(hash, cache.keys(hash, password, salting), salting);
    }

    private byte[] derived(byte[] purpose, String user) {
        return hash.hmac(secret, purpose, new byte[1], user.getBytes(StandardCharsets.UTF_8));
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return ScramAttributes.base64(bytes);
    }
}
