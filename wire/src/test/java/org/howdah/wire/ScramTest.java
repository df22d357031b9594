package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of SCRAM-SHA-256 with each other, with RFC 7677, and with peers that lie. */
class ScramTest {

    private static final ChannelBinding BINDING =
            new ChannelBinding(Payload.of("a certificate's hash, 32 bytes.."));
    private static final ChannelBinding OTHER =
            new ChannelBinding(Payload.of("another certificate's hash....."));

    private final ScramHash hash = new ScramHash();
    private final SecureRandom random = new SecureRandom();
    private final ScramServer server =
            new ScramServer(hash, random, Payload.of("secret of the proxy"), 4096);
    private final ScramSalting salting = server.saltingOf("alice");
    private final ScramKeys keys = keys("sesame");
    private final ScramVerifier verifier = ScramVerifier.of(hash, keys, salting);

    private ScramKeys keys(String password) {
        return ScramKeys.derive(hash, password.getBytes(StandardCharsets.UTF_8), salting);
    }

    private ScramClient client(boolean plus, Optional<ChannelBinding> binding) {
        List<String> offered = ScramMechanism.offer(plus).mechanisms();
        return ScramClient.choose(
                offered, binding.isPresent() || plus, binding, ChannelBindingPolicy.PREFER, random);
    }

    private ScramOutcome run(ScramClient client, ScramExchange exchange, ScramKeys with) {
        ScramSalting challenge = client.serverFirst(exchange.clientFirst(client.clientFirst()));
        assertThat(challenge).isEqualTo(salting);
        return exchange.clientFinal(client.clientFinal(hash, with));
    }

    /** RFC 7677, section 3. */
    @Test
    void theRfcsExchange() {
        Payload salt = new Payload(Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="));
        ScramSalting rfc = new ScramSalting(salt, 4096);
        byte[] pencil = "pencil".getBytes(StandardCharsets.US_ASCII);
        ScramKeys rfcKeys = ScramKeys.derive(hash, pencil, rfc);
        ScramExchange exchange =
                new ScramExchange(
                        hash,
                        "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
                        ScramVerifier.of(hash, rfcKeys, rfc),
                        false,
                        Optional.empty());
        ScramClient client = ScramClient.unbound("n,,", "user", "rOprNGfwEbeRWgbNEkqO");

        SaslInitialResponse first = client.clientFirst();
        assertThat(first.data().text()).isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        Payload challenge = exchange.clientFirst(first);
        String nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        assertThat(challenge.text()).isEqualTo("r=" + nonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(client.serverFirst(challenge)).isEqualTo(rfc);
        SaslResponse last = client.clientFinal(hash, rfcKeys);
        assertThat(last.data().text())
                .isEqualTo("c=biws,r=" + nonce + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        var accepted = (ScramOutcome.Accepted) exchange.clientFinal(last);
        assertThat(accepted.serverFinal().text())
                .isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        assertThat(accepted.keys()).isEqualTo(rfcKeys);
        client.serverFinal(accepted.serverFinal());
        assertThat(client.verified()).isTrue();
    }

    @Test
    void aVerifierIsWrittenAsItIsRead() {
        assertThat(ScramVerifier.parse(verifier.text())).contains(verifier);
        assertThat(verifier.matches(hash, Payload.of("sesame").toByteArray())).isTrue();
        assertThat(verifier.matches(hash, Payload.of("Sesame").toByteArray())).isFalse();
        assertThat(verifier.toString()).doesNotContain(verifier.text().substring(20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SCRAM-SHA-256$",
                "SCRAM-SHA-256$0:c2FsdA==$AAAA:AAAA",
                "SCRAM-SHA-256$4096:c2FsdA==$AAAA:AAAA",
                "SCRAM-SHA-256$99999999999:c2FsdA==$AAAA:AAAA",
                "scram-sha-256$4096:c2FsdA==$AAAA:AAAA"
            })
    void whatIsNoVerifierIsPlainText(String text) {
        assertThat(ScramVerifier.parse(text)).isEmpty();
        assertThat(StoredPassword.parse(text)).isInstanceOf(StoredPassword.Plain.class);
    }

    @Test
    void theKeysOfAClientLogInElsewhere() {
        var accepted =
                (ScramOutcome.Accepted)
                        run(
                                client(false, Optional.empty()),
                                server.begin(verifier, Optional.empty()),
                                keys);
        ScramClient onwards = client(false, Optional.empty());
        ScramOutcome there =
                run(onwards, server.begin(verifier, Optional.empty()), accepted.keys());
        onwards.serverFinal(((ScramOutcome.Accepted) there).serverFinal());
        assertThat(onwards.verified()).isTrue();
    }

    @Test
    void aWrongPasswordIsRefused() {
        ScramOutcome outcome =
                run(
                        client(false, Optional.empty()),
                        server.begin(verifier, Optional.empty()),
                        keys("Sesame"));
        assertThat(outcome).isEqualTo(new ScramOutcome.Refused());
    }

    @Test
    void nobodyLooksLikeSomebody() {
        ScramExchange nobody = server.beginUnknown("alice", Optional.empty());
        assertThat(run(client(false, Optional.empty()), nobody, keys))
                .isEqualTo(new ScramOutcome.Refused());
        ScramServer restarted =
                new ScramServer(hash, random, Payload.of("secret of the proxy"), 4096);
        assertThat(restarted.saltingOf("alice")).isEqualTo(salting);
        assertThat(server.saltingOf("bob")).isNotEqualTo(salting);
        ScramServer other = new ScramServer(hash, random, Payload.of("other"), 4096);
        assertThat(other.saltingOf("alice")).isNotEqualTo(salting);
    }

    @Test
    void evenTheFakeKeysOfNobodyDoNotOpen() {
        // Whoever knew the secret could make them; the exchange is doomed all the same.
        byte[] stored = verifier.storedKey().toByteArray();
        ScramExchange doomed = new ScramExchange(hash, "x", verifier, true, Optional.empty());
        assertThat(stored).hasSize(ScramHash.BYTES);
        assertThat(run(client(false, Optional.empty()), doomed, keys))
                .isEqualTo(new ScramOutcome.Refused());
    }

    @Test
    void channelBindingBinds() {
        ScramClient client = client(true, Optional.of(BINDING));
        assertThat(client.mechanism()).isEqualTo(ScramMechanism.SCRAM_SHA_256_PLUS);
        ScramOutcome outcome = run(client, server.begin(verifier, Optional.of(BINDING)), keys);
        client.serverFinal(((ScramOutcome.Accepted) outcome).serverFinal());
        ScramClient deceived = client(true, Optional.of(OTHER));
        ScramExchange exchange = server.begin(verifier, Optional.of(BINDING));
        assertThat(violation(() -> run(deceived, exchange, keys)))
                .hasMessage("SCRAM channel binding check failed");
    }

    @Test
    void aDowngradeIsNoticed() {
        // Somebody in the middle has taken PLUS out of the offer.
        ScramClient client = client(false, Optional.of(BINDING));
        ScramExchange exchange = server.begin(verifier, Optional.of(BINDING));
        ProtocolViolation noticed = violation(() -> run(client, exchange, keys));
        assertThat(noticed.sqlState()).isEqualTo(SqlState.INVALID_AUTHORIZATION);
        assertThat(noticed).hasMessage("SCRAM channel binding negotiation error");
        // An honest server without PLUS takes the same client.
        assertThat(
                        run(
                                client(false, Optional.of(BINDING)),
                                server.begin(verifier, Optional.empty()),
                                keys))
                .isInstanceOf(ScramOutcome.Accepted.class);
    }

    @Test
    void aClientCanInsistOnBindingOrDoWithout() {
        List<String> both = ScramMechanism.offer(true).mechanisms();
        List<String> one = ScramMechanism.offer(false).mechanisms();
        Optional<ChannelBinding> binding = Optional.of(BINDING);
        ChannelBindingPolicy require = ChannelBindingPolicy.REQUIRE;
        assertThat(violation(() -> ScramClient.choose(one, true, binding, require, random)))
                .hasMessageStartingWith("channel binding is required");
        assertThat(
                        violation(() ->
                                ScramClient.choose(both, false, Optional.empty(), require, random)))
                .hasMessageContaining("over a non-SSL connection");
        ScramClient without =
                ScramClient.choose(both, true, binding, ChannelBindingPolicy.DISABLE, random);
        assertThat(without.mechanism()).isEqualTo(ScramMechanism.SCRAM_SHA_256);
        assertThat(run(without, server.begin(verifier, binding), keys))
                .isInstanceOf(ScramOutcome.Accepted.class);
        List<String> unknown = List.of("OAUTHBEARER");
        assertThat(violation(() -> ScramClient.choose(unknown, true, binding, require, random)))
                .isNotNull();
    }

    @Test
    void aCacheDerivesOnceAndForgetsTheOldest() {
        ScramKeyCache cache = new ScramKeyCache(2);
        ScramKeys first = cache.keys(hash, Payload.of("1"), salting);
        assertThat(cache.keys(hash, Payload.of("1"), salting)).isSameAs(first);
        cache.keys(hash, Payload.of("2"), salting);
        cache.keys(hash, Payload.of("3"), salting);
        assertThat(cache.keys(hash, Payload.of("1"), salting)).isNotSameAs(first).isEqualTo(first);
        assertThat(cache.keys(hash, Payload.of("4"), salting)).isNotEqualTo(first);
    }

    private static ProtocolViolation violation(Runnable action) {
        return catchThrowableOfType(ProtocolViolation.class, action::run);
    }
}
