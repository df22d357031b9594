package org.howdah.wire;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Answers a server's requests until it says Ok: one login, by any method that the credentials are
 * good for. It neither reads nor waits; a key that is not in the cache is derived in {@link
 * #answer}, which takes a millisecond for 4096 iterations.
 */
public final class ClientLogin {

    private final String user;
    private final Credentials credentials;
    private final LoginChannel channel;
    private final ScramHash hash;
    private final ScramKeyCache cache;
    private final SecureRandom random;
    private Optional<ScramClient> scram = Optional.empty();
    private boolean done;

    public ClientLogin(
            String user,
            Credentials credentials,
            LoginChannel channel,
            ScramHash hash,
            ScramKeyCache cache,
            SecureRandom random) {
        this.user = user;
        this.credentials = credentials;
        this.channel = channel;
        this.hash = hash;
        this.cache = cache;
        this.random = random;
    }

    /**
     * Writes the answer to a request, if it needs one.
     *
     * @return whether the login is complete
     * @throws ProtocolViolation also when the credentials are not good for what the server wants
     */
    public boolean answer(Authentication request, MessageWriter out) {
        if (done) {
            throw ProtocolViolation.of("unexpected Authentication after AuthenticationOk");
        }
        switch (request) {
            case Authentication.Ok() -> complete();
            case Authentication.CleartextPassword() -> cleartext().writeTo(out);
            case Authentication.Md5Password(int salt) -> md5().response(salt).writeTo(out);
            case Authentication.Sasl(List<String> mechanisms) -> begin(mechanisms).writeTo(out);
            case Authentication.SaslContinue(Payload data) -> prove(data).writeTo(out);
            case Authentication.SaslFinal(Payload data) ->
                    exchange(ScramClient::awaitsServerFinal).serverFinal(data);
            case Authentication.Unsupported(int code) ->
                    throw ProtocolViolation.of(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "authentication method " + code + " not supported");
        }
        return done;
    }

    private void complete() {
        if (scram.isPresent() && !scram.get().verified()) {
            throw ProtocolViolation.of(
                    SqlState.INVALID_AUTHORIZATION,
                    "the server ended the SCRAM exchange without proving that it knows the"
                            + " password");
        }
        requireBindingNotMissed();
        done = true;
    }

    private void requireBindingNotMissed() {
        boolean bound =
                scram.map(ScramClient::mechanism)
                        .filter(mechanism -> mechanism == ScramMechanism.SCRAM_SHA_256_PLUS)
                        .isPresent();
        if (channel.policy() == ChannelBindingPolicy.REQUIRE && !bound) {
            throw ProtocolViolation.of(
                    SqlState.INVALID_AUTHORIZATION,
                    "channel binding is required, but the server authenticated the client without"
                            + " it");
        }
    }

    private PasswordMessage cleartext() {
        requireBindingNotMissed();
        return new PasswordMessage(password("a clear-text password"));
    }

    private Md5Password md5() {
        requireBindingNotMissed();
        return credentials instanceof Credentials.Md5(Md5Password hashed)
                ? hashed
                : Md5Password.of(user, password("an MD5 password"));
    }

    private SaslInitialResponse begin(List<String> mechanisms) {
        if (scram.isPresent()) {
            throw ProtocolViolation.of("duplicate SASL authentication request");
        }
        boolean useful =
                switch (credentials) {
                    case Credentials.Password _, Credentials.Scram _ -> true;
                    case Credentials.None _, Credentials.Md5 _ -> false;
                };
        if (!useful) {
            throw missing("SCRAM authentication");
        }
        ScramClient client =
                ScramClient.choose(
                        mechanisms, channel.tls(), channel.binding(), channel.policy(), random);
        scram = Optional.of(client);
        return client.clientFirst();
    }

    private SaslResponse prove(Payload challenge) {
        ScramClient client = exchange(ScramClient::awaitsServerFirst);
        return client.clientFinal(hash, keys(client.serverFirst(challenge)));
    }

    private ScramKeys keys(ScramSalting wanted) {
        if (credentials instanceof Credentials.Scram(ScramKeys keys, ScramSalting salting)) {
            if (!salting.equals(wanted)) {
                throw ProtocolViolation.of(
                        SqlState.INVALID_PASSWORD,
                        "the server's SCRAM verifier of user \""
                                + user
                                + "\" has another salt than the one that the keys were made"
                                + " with");
            }
            return keys;
        }
        return cache.keys(hash, password("SCRAM authentication"), wanted);
    }

    private ScramClient exchange(Predicate<ScramClient> inOrder) {
        return scram.filter(inOrder)
                .orElseThrow(() -> ProtocolViolation.of("SASL message out of order"));
    }

    private Payload password(String what) {
        if (credentials instanceof Credentials.Password(Payload password)) {
            return password;
        }
        throw missing(what);
    }

    private ProtocolViolation missing(String what) {
        return ProtocolViolation.of(
                SqlState.INVALID_PASSWORD,
                "the server asks user \"" + user + "\" for " + what + ", which is not known");
    }
}
