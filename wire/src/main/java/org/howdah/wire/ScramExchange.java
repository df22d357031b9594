package org.howdah.wire;

import java.security.MessageDigest;
import java.util.Optional;

/**
 * One login, the server's side: {@link #clientFirst}, then {@link #clientFinal}, each once. The
 * user is the one of the startup message; the name in here is ignored, as PostgreSQL does.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-7">RFC 5802, section 7</a>
 */
public final class ScramExchange {

    // libpq sends fewer than 100 bytes first, and fewer than 300 last.
    private static final int MOST_FIRST_BYTES = 1024;
    private static final int MOST_FINAL_BYTES = 2048;

    private final ScramHash hash;
    private final String serverNonce;
    private final ScramVerifier verifier;
    private final boolean doomed;
    private final Optional<ChannelBinding> binding;
    private State state = State.BEFORE_FIRST;
    private String gs2Header = "";
    private String nonce = "";
    private String clientFirstBare = "";
    private String serverFirst = "";

    ScramExchange(
            ScramHash hash,
            String serverNonce,
            ScramVerifier verifier,
            boolean doomed,
            Optional<ChannelBinding> binding) {
        this.hash = hash;
        this.serverNonce = serverNonce;
        this.verifier = verifier;
        this.doomed = doomed;
        this.binding = binding;
    }

    private enum State {
        BEFORE_FIRST,
        BEFORE_FINAL,
        DONE
    }

    /** What the client is to be offered. */
    public Authentication.Sasl offer() {
        return ScramMechanism.offer(binding.isPresent());
    }

    /**
     * Takes the client's first message.
     *
     * @return the answer, for {@link Authentication.SaslContinue}
     */
    public Payload clientFirst(SaslInitialResponse response) {
        advance(State.BEFORE_FIRST, State.DONE);
        ScramMechanism mechanism =
                ScramMechanism.of(response.mechanism())
                        .filter(m -> m != ScramMechanism.SCRAM_SHA_256_PLUS || binding.isPresent())
                        .orElseThrow(() ->
                                ProtocolViolation.of(
                                        "client selected an invalid SASL authentication"
                                                + " mechanism"));
        ScramAttributes in = ScramAttributes.of(response.data(), MOST_FIRST_BYTES);
        readGs2Header(in, mechanism);
        clientFirstBare = in.text().substring(in.at());
        if (in.peek() == 'm') {
            throw ProtocolViolation.of(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "client requires an unsupported SCRAM extension");
        }
        in.value('n');
        nonce = in.nonce() + serverNonce;
        in.skipExtensions();
        ScramSalting salting = verifier.salting();
        String salt = ScramAttributes.base64(salting.salt().array());
        serverFirst = "r=" + nonce + ",s=" + salt + ",i=" + salting.iterations();
        state = State.BEFORE_FINAL;
        return new Payload(ScramAttributes.bytes(serverFirst));
    }

    private void readGs2Header(ScramAttributes in, ScramMechanism mechanism) {
        boolean plus = mechanism == ScramMechanism.SCRAM_SHA_256_PLUS;
        char flag = in.peek();
        if (flag == 'p') {
            readBindingType(in, plus);
        } else if (flag == 'n' || flag == 'y') {
            in.expect(flag);
            in.expect(',');
            if (plus) {
                throw ScramAttributes.malformed(
                        "The client selected SCRAM-SHA-256-PLUS, but the SCRAM message does not"
                                + " include channel binding data.");
            }
            if (flag == 'y' && binding.isPresent()) {
                // It thinks we do not offer it: somebody in the middle took the offer away.
                throw ProtocolViolation.of(
                                SqlState.INVALID_AUTHORIZATION,
                                "SCRAM channel binding negotiation error")
                        .withDetail(
                                "The client supports SCRAM channel binding but thinks the server"
                                        + " does not. However, this server does support channel"
                                        + " binding.");
            }
        } else {
            throw ScramAttributes.malformed("Unexpected channel-binding flag.");
        }
        if (in.peek() == 'a') {
            throw ProtocolViolation.of(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "client uses authorization identity, but it is not supported");
        }
        in.expect(',');
        gs2Header = in.text().substring(0, in.at());
    }

    private static void readBindingType(ScramAttributes in, boolean plus) {
        if (!plus) {
            throw ScramAttributes.malformed(
                    "The client selected SCRAM-SHA-256 without channel binding, but the SCRAM"
                            + " message includes channel binding data.");
        }
        if (!in.value('p').equals(ChannelBinding.TYPE)) {
            throw ProtocolViolation.of("unsupported SCRAM channel-binding type");
        }
    }

    /** Takes the client's last message and judges it. */
    public ScramOutcome clientFinal(SaslResponse response) {
        advance(State.BEFORE_FINAL, State.DONE);
        ScramAttributes in = ScramAttributes.of(response.data(), MOST_FINAL_BYTES);
        byte[] bound = ScramAttributes.decoded(in.value('c'), "channel binding");
        if (!MessageDigest.isEqual(bound, expectedBinding())) {
            throw bindingMismatch();
        }
        if (!in.value('r').equals(nonce)) {
            throw ProtocolViolation.of("invalid SCRAM response")
                    .withDetail("Nonce does not match.");
        }
        int proofAt = in.at();
        while (in.peek() != 'p') {
            in.skipAttribute();
            proofAt = in.at();
        }
        byte[] proof = ScramAttributes.decoded(in.value('p'), "proof");
        if (proof.length != ScramHash.BYTES || !in.atEnd()) {
            throw ScramAttributes.malformed("Malformed proof in client-final-message.");
        }
        // Without the comma before the proof.
        String withoutProof = in.text().substring(0, proofAt - 1);
        return judged(proof, clientFirstBare + "," + serverFirst + "," + withoutProof);
    }

    private byte[] expectedBinding() {
        byte[] header = ScramAttributes.bytes(gs2Header);
        if (!gs2Header.startsWith("p")) {
            return header;
        }
        byte[] data = binding.orElseThrow().certificateHash().array();
        return ScramAttributes.bytes(gs2Header + ScramAttributes.text(data));
    }

    private ProtocolViolation bindingMismatch() {
        return gs2Header.startsWith("p")
                ? ProtocolViolation.of(
                        SqlState.INVALID_AUTHORIZATION, "SCRAM channel binding check failed")
                : ProtocolViolation.of(
                        "unexpected SCRAM channel-binding attribute in client-final-message");
    }

    private ScramOutcome judged(byte[] proof, String exchange) {
        byte[] message = ScramAttributes.bytes(exchange);
        byte[] storedKey = verifier.storedKey().array();
        byte[] clientKey = ScramHash.exclusiveOr(proof, hash.hmac(storedKey, message));
        boolean proven = MessageDigest.isEqual(hash.hash(clientKey), storedKey);
        // Made in any case: the time it takes must not tell.
        byte[] signature = hash.hmac(verifier.serverKey().array(), message);
        if (!proven || doomed) {
            return new ScramOutcome.Refused();
        }
        String serverFinal = "v=" + ScramAttributes.base64(signature);
        return new ScramOutcome.Accepted(
                new Payload(ScramAttributes.bytes(serverFinal)),
                new ScramKeys(new Payload(clientKey), verifier.serverKey()));
    }

    private void advance(State expected, State next) {
        if (state != expected) {
            throw new IllegalStateException("The exchange is " + state + ", not " + expected + ".");
        }
        state = next;
    }
}
