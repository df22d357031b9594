package org.howdah.wire;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * One login, the client's side. Calls come in this order: {@link #clientFirst}, {@link
 * #serverFirst}, {@link #clientFinal}, {@link #serverFinal}; only after the last one has returned
 * is the server known to be the right one. Between the second and the third the keys are found: in
 * a cache, from a client that logged in here, or derived, which takes a millisecond and may happen
 * on another thread.
 */
public final class ScramClient {

    // PostgreSQL knows the user from the startup message; libpq sends an empty name here.
    private static final String NO_NAME = "";
    private static final int NONCE_BYTES = 18;
    private static final int MOST_SERVER_BYTES = 4096;

    private final ScramMechanism mechanism;
    private final String gs2Header;
    private final byte[] bindingData;
    private final String user;
    private final String clientNonce;
    private State state = State.BEFORE_CLIENT_FIRST;
    private String serverFirst = "";
    private String nonce = "";
    private byte[] expectedSignature = new byte[0];
    private boolean verified;

    private ScramClient(
            ScramMechanism mechanism,
            String gs2Header,
            byte[] bindingData,
            String user,
            String clientNonce) {
        this.mechanism = mechanism;
        this.gs2Header = gs2Header;
        this.bindingData = bindingData;
        this.user = user;
        this.clientNonce = clientNonce;
    }

    private enum State {
        BEFORE_CLIENT_FIRST,
        BEFORE_SERVER_FIRST,
        BEFORE_CLIENT_FINAL,
        BEFORE_SERVER_FINAL,
        DONE
    }

    /**
     * Chooses a mechanism as libpq does.
     *
     * @param offered what the server offers
     * @param tls whether the connection is encrypted
     * @param binding what can be bound to; empty without TLS
     */
    public static ScramClient choose(
            List<String> offered,
            boolean tls,
            Optional<ChannelBinding> binding,
            ChannelBindingPolicy policy,
            SecureRandom random) {
        boolean plus = offered.contains(ScramMechanism.SCRAM_SHA_256_PLUS.text());
        if (plus && !tls) {
            throw ProtocolViolation.of(
                    "server offered SCRAM-SHA-256-PLUS authentication over a non-SSL connection");
        }
        boolean bound = plus && binding.isPresent() && policy != ChannelBindingPolicy.DISABLE;
        if (!bound && policy == ChannelBindingPolicy.REQUIRE) {
            throw ProtocolViolation.of(
                    "channel binding is required, but server did not offer an authentication"
                            + " method that supports channel binding");
        }
        if (!bound && !offered.contains(ScramMechanism.SCRAM_SHA_256.text())) {
            throw ProtocolViolation.of(
                    "none of the server's SASL authentication mechanisms are supported");
        }
        byte[] random18 = new byte[NONCE_BYTES];
        random.nextBytes(random18);
        String clientNonce = ScramAttributes.base64(random18);
        if (bound) {
            return new ScramClient(
                    ScramMechanism.SCRAM_SHA_256_PLUS,
                    "p=" + ChannelBinding.TYPE + ",,",
                    binding.orElseThrow().certificateHash().array(),
                    NO_NAME,
                    clientNonce);
        }
        boolean couldBind = binding.isPresent() && policy != ChannelBindingPolicy.DISABLE;
        return unbound(couldBind ? "y,," : "n,,", NO_NAME, clientNonce);
    }

    /** Without binding; as in the RFC, with a known name and nonce. */
    static ScramClient unbound(String gs2Header, String user, String clientNonce) {
        return new ScramClient(
                ScramMechanism.SCRAM_SHA_256, gs2Header, new byte[0], user, clientNonce);
    }

    public ScramMechanism mechanism() {
        return mechanism;
    }

    public SaslInitialResponse clientFirst() {
        advance(State.BEFORE_CLIENT_FIRST, State.BEFORE_SERVER_FIRST);
        return new SaslInitialResponse(
                mechanism.text(),
                new Payload(ScramAttributes.bytes(gs2Header + clientFirstBare())));
    }

    private String clientFirstBare() {
        return "n=" + user + ",r=" + clientNonce;
    }

    /**
     * Takes the server's challenge.
     *
     * @return the salting of which the keys are wanted
     */
    public ScramSalting serverFirst(Payload message) {
        advance(State.BEFORE_SERVER_FIRST, State.DONE);
        ScramAttributes in = ScramAttributes.of(message, MOST_SERVER_BYTES);
        serverFirst = in.text();
        nonce = in.nonce();
        if (!nonce.startsWith(clientNonce) || nonce.length() == clientNonce.length()) {
            throw ProtocolViolation.of("invalid SCRAM response (nonce mismatch)");
        }
        byte[] salt = ScramAttributes.decoded(in.value('s'), "salt");
        if (salt.length == 0 || salt.length > ScramSalting.MOST_SALT_BYTES) {
            throw ScramAttributes.malformed("A salt of " + salt.length + " bytes.");
        }
        int iterations = iterations(in.value('i'));
        in.skipExtensions();
        state = State.BEFORE_CLIENT_FINAL;
        return new ScramSalting(new Payload(salt), iterations);
    }

    private static int iterations(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw ScramAttributes.malformed("Invalid iteration count.");
        }
        int iterations = Integer.parseInt(text);
        if (iterations > ScramSalting.MOST_ITERATIONS) {
            throw ScramAttributes.malformed(
                    "The server asks for %d iterations; more than %d are not made."
                            .formatted(iterations, ScramSalting.MOST_ITERATIONS));
        }
        return iterations;
    }

    /** Proves that the keys are known, without telling them. */
    public SaslResponse clientFinal(ScramHash hash, ScramKeys keys) {
        advance(State.BEFORE_CLIENT_FINAL, State.BEFORE_SERVER_FINAL);
        byte[] bound = ScramAttributes.bytes(gs2Header + ScramAttributes.text(bindingData));
        String withoutProof = "c=" + ScramAttributes.base64(bound) + ",r=" + nonce;
        byte[] exchange =
                ScramAttributes.bytes(clientFirstBare() + "," + serverFirst + "," + withoutProof);
        byte[] clientKey = keys.clientKey().array();
        byte[] signature = hash.hmac(hash.hash(clientKey), exchange);
        String proof = ScramAttributes.base64(ScramHash.exclusiveOr(clientKey, signature));
        expectedSignature = hash.hmac(keys.serverKey().array(), exchange);
        return new SaslResponse(new Payload(ScramAttributes.bytes(withoutProof + ",p=" + proof)));
    }

    /** Takes the server's own proof. What it sends before this one proves nothing. */
    public void serverFinal(Payload message) {
        advance(State.BEFORE_SERVER_FINAL, State.DONE);
        ScramAttributes in = ScramAttributes.of(message, MOST_SERVER_BYTES);
        if (in.peek() == 'e') {
            throw ProtocolViolation.of(
                    SqlState.INVALID_PASSWORD,
                    "error received from server in SCRAM exchange: " + in.value('e'));
        }
        byte[] signature = ScramAttributes.decoded(in.value('v'), "server's signature");
        in.skipExtensions();
        if (!MessageDigest.isEqual(signature, expectedSignature)) {
            throw ProtocolViolation.of(
                    SqlState.INVALID_AUTHORIZATION, "incorrect server signature");
        }
        expectedSignature = new byte[0];
        verified = true;
    }

    boolean awaitsServerFirst() {
        return state == State.BEFORE_SERVER_FIRST;
    }

    boolean awaitsServerFinal() {
        return state == State.BEFORE_SERVER_FINAL;
    }

    /** Whether the server has proven itself; AuthenticationOk before that is a lie. */
    public boolean verified() {
        return verified;
    }

    private void advance(State expected, State next) {
        if (state != expected) {
            throw new IllegalStateException("The exchange is " + state + ", not " + expected + ".");
        }
        state = next;
    }
}
