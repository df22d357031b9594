package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SCRAM with peers that lie, forget, repeat, and go on for ever. */
class ScramHostileTest {

    private static final ChannelBinding BINDING =
            new ChannelBinding(Payload.of("a certificate's hash, 32 bytes.."));

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

    private ScramClient client() {
        List<String> offered = ScramMechanism.offer(false).mechanisms();
        return ScramClient.choose(
                offered, false, Optional.empty(), ChannelBindingPolicy.PREFER, random);
    }

    private ScramOutcome run(ScramClient client, ScramExchange exchange, ScramKeys with) {
        ScramSalting challenge = client.serverFirst(exchange.clientFirst(client.clientFirst()));
        assertThat(challenge).isEqualTo(salting);
        return exchange.clientFinal(client.clientFinal(hash, with));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''
                    n
                    n,
                    n,,
                    x,,n=,r=abc
                    n,,r=abc
                    n,,n=,r=
                    n,,n=
                    n,,n=,r=a\u0001b
                    n,,n=,r=abc,1=x
                    n,,n=,r=abc,x
                    n,a=root,n=,r=abc
                    n,,m=must,n=,r=abc
                    n;,n=,r=abc
                    p=tls-server-end-point,,n=,r=abc
                    """)
    void aClientsFirstMessageIsChecked(String message) {
        ScramExchange exchange = server.begin(verifier, Optional.empty());
        var response = new SaslInitialResponse("SCRAM-SHA-256", Payload.of(message));
        assertThat(violation(() -> exchange.clientFirst(response))).isNotNull();
        assertThatThrownBy(() -> exchange.clientFirst(response))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "SCRAM-SHA-1, 'n,,n=,r=abc'",
        "SCRAM-SHA-256-PLUS, 'n,,n=,r=abc'",
        "SCRAM-SHA-256-PLUS, 'y,,n=,r=abc'",
        "SCRAM-SHA-256-PLUS, 'p=tls-unique,,n=,r=abc'",
        "SCRAM-SHA-256, 'p=tls-server-end-point,,n=,r=abc'",
        "SCRAM-SHA-256, 'y,,n=,r=abc'"
    })
    void mechanismAndFlagMustAgree(String mechanism, String message) {
        ScramExchange exchange = server.begin(verifier, Optional.of(BINDING));
        var response = new SaslInitialResponse(mechanism, Payload.of(message));
        assertThat(violation(() -> exchange.clientFirst(response))).isNotNull();
    }

    @Test
    void messagesOutOfBoundsAreRefused() {
        ScramExchange exchange = server.begin(verifier, Optional.empty());
        Payload huge = Payload.of("n,,n=,r=" + "a".repeat(2000));
        assertThat(
                        violation(() ->
                                exchange.clientFirst(
                                        new SaslInitialResponse("SCRAM-SHA-256", huge))))
                .isNotNull();
        Payload zero = Payload.of("n,,n=,r=abc\0");
        ScramExchange next = server.begin(verifier, Optional.empty());
        assertThat(
                        violation(() ->
                                next.clientFirst(new SaslInitialResponse("SCRAM-SHA-256", zero))))
                .isNotNull();
    }

    /** A last message that was right until something was done to it. */
    private ProtocolViolation spoilt(UnaryOperator<String> spoil) {
        ScramClient client = client();
        ScramExchange exchange = server.begin(verifier, Optional.empty());
        client.serverFirst(exchange.clientFirst(client.clientFirst()));
        String right = client.clientFinal(hash, keys).data().text();
        SaslResponse wrong = new SaslResponse(Payload.of(spoil.apply(right)));
        return violation(() -> exchange.clientFinal(wrong));
    }

    @Test
    void aClientsLastMessageIsChecked() {
        assertThat(spoilt(_ -> "")).isNotNull();
        assertThat(spoilt(right -> right.replace("c=biws", "c=eSws"))).isNotNull();
        assertThat(spoilt(right -> right.replace("c=biws", "c=!"))).isNotNull();
        assertThat(spoilt(right -> right.replace("c=biws,", ""))).isNotNull();
        assertThat(spoilt(right -> right.replace("r=", "r=x")))
                .hasMessage("invalid SCRAM response");
        assertThat(spoilt(right -> right.replaceFirst(",p=.*", ""))).isNotNull();
        assertThat(spoilt(right -> right.replaceFirst(",p=.*", ",p=AAAA"))).isNotNull();
        assertThat(spoilt(right -> right + ",x=y")).isNotNull();
        assertThat(spoilt(right -> right.replace(",p=", ",1=x,p="))).isNotNull();
        assertThat(spoilt(right -> right + "a".repeat(3000))).isNotNull();
    }

    @Test
    void extensionsAreCarriedAndProtected() {
        ScramClient client = client();
        ScramExchange exchange = server.begin(verifier, Optional.empty());
        client.serverFirst(exchange.clientFirst(client.clientFirst()));
        String right = client.clientFinal(hash, keys).data().text();
        // Well-formed, but not what was signed.
        SaslResponse extended = new SaslResponse(Payload.of(right.replace(",p=", ",x=y,p=")));
        assertThat(exchange.clientFinal(extended)).isEqualTo(new ScramOutcome.Refused());
    }

    @Test
    void aReplayedExchangeIsRefused() {
        ScramClient client = client();
        SaslInitialResponse first = client.clientFirst();
        ScramExchange exchange = server.begin(verifier, Optional.empty());
        client.serverFirst(exchange.clientFirst(first));
        SaslResponse last = client.clientFinal(hash, keys);
        assertThat(exchange.clientFinal(last)).isInstanceOf(ScramOutcome.Accepted.class);
        ScramExchange again = server.begin(verifier, Optional.empty());
        again.clientFirst(first);
        assertThat(violation(() -> again.clientFinal(last))).hasMessage("invalid SCRAM response");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "r=abc,s=c2FsdA==,i=4096",
                "r=NONCE,s=c2FsdA==,i=4096",
                "r=NONCEx,s=,i=4096",
                "r=NONCEx,s=!!,i=4096",
                "r=NONCEx,s=c2FsdA==,i=0",
                "r=NONCEx,s=c2FsdA==,i=-1",
                "r=NONCEx,s=c2FsdA==,i=1000001",
                "r=NONCEx,s=c2FsdA==,i=99999999999",
                "r=NONCEx,s=c2FsdA==,i=",
                "r=NONCEx,s=c2FsdA==",
                "r=NONCEx,i=4096",
                "m=x,r=NONCEx,s=c2FsdA==,i=4096",
                "r=NONCEx,s=c2FsdA==,i=4096,1"
            })
    void aServersChallengeIsChecked(String message) {
        ScramClient client = ScramClient.unbound("n,,", "", "NONCE");
        client.clientFirst();
        assertThat(violation(() -> client.serverFirst(Payload.of(message)))).isNotNull();
        assertThatThrownBy(() -> client.clientFinal(hash, keys))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aServersEndlessChallengeIsRefused() {
        ScramClient client = ScramClient.unbound("n,,", "", "NONCE");
        client.clientFirst();
        Payload endless = Payload.of("r=NONCE" + "x".repeat(5000) + ",s=c2FsdA==,i=4096");
        assertThat(violation(() -> client.serverFirst(endless))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v=", "v=AAAA", "x=y", "e=other-error", "v=!"})
    void aServerThatDoesNotKnowThePasswordIsFoundOut(String message) {
        ScramClient client = client();
        ScramExchange exchange = server.begin(verifier, Optional.empty());
        run(client, exchange, keys);
        assertThat(violation(() -> client.serverFinal(Payload.of(message)))).isNotNull();
        assertThat(client.verified()).isFalse();
    }

    @Test
    void noNoiseOpens() {
        Random noise = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            ScramClient client = client();
            ScramExchange exchange = server.begin(verifier, Optional.empty());
            try {
                client.serverFirst(exchange.clientFirst(client.clientFirst()));
                String right = client.clientFinal(hash, keys).data().text();
                Payload wrong = Payload.of(mutated(right, noise));
                ScramOutcome outcome = exchange.clientFinal(new SaslResponse(wrong));
                assertThat(wrong.text().equals(right) || outcome instanceof ScramOutcome.Refused)
                        .as(wrong.text())
                        .isTrue();
            } catch (ProtocolViolation expected) {
                assertThat(expected.text()).isNotEmpty();
            }
        }
    }

    private static String mutated(String text, Random noise) {
        StringBuilder changed = new StringBuilder(text);
        int changes = 1 + noise.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = noise.nextInt(changed.length());
            switch (noise.nextInt(4)) {
                case 0 -> changed.deleteCharAt(at);
                case 1 -> changed.insert(at, ",=prcx".charAt(noise.nextInt(6)));
                case 2 -> changed.setCharAt(at, (char) noise.nextInt(128));
                default -> changed.setLength(at + 1);
            }
        }
        return changed.toString();
    }

    @Test
    void callsOutOfOrderAreRefused() {
        ScramExchange exchange = server.begin(verifier, Optional.empty());
        SaslResponse early = new SaslResponse(Payload.of("c=biws"));
        assertThatThrownBy(() -> exchange.clientFinal(early))
                .isInstanceOf(IllegalStateException.class);
        ScramClient client = client();
        assertThatThrownBy(() -> client.serverFinal(Payload.of("v=")))
                .isInstanceOf(IllegalStateException.class);
    }

    private static ProtocolViolation violation(Runnable action) {
        return catchThrowableOfType(ProtocolViolation.class, action::run);
    }
}
