package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that is asked by servers that lie or have lost their way. */
class ClientLoginTest {

    private static final Authentication SASL = ScramMechanism.offer(false);
    private static final Authentication CONTINUE =
            new Authentication.SaslContinue(Payload.of("r=abc,s=c2FsdA==,i=4096"));
    private static final Authentication FINAL = new Authentication.SaslFinal(Payload.of("v=AAAA"));
    private static final Authentication OK = new Authentication.Ok();

    private static ClientLogin login(Credentials credentials) {
        return new ClientLogin(
                "alice",
                credentials,
                LoginChannel.plain(),
                new ScramHash(),
                new ScramKeyCache(1),
                new SecureRandom());
    }

    static Stream<List<Authentication>> lies() {
        return Stream.of(
                List.of(CONTINUE),
                List.of(FINAL),
                List.of(SASL, SASL),
                List.of(SASL, FINAL),
                List.of(SASL, CONTINUE),
                List.of(SASL, OK),
                List.of(OK, OK),
                List.of(OK, SASL),
                List.of(new Authentication.Sasl(List.of())),
                List.of(new Authentication.Sasl(List.of("SCRAM-SHA-1"))),
                List.of(ScramMechanism.offer(true)),
                List.of(new Authentication.Unsupported(7)));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void theLastRequestIsRefused(List<Authentication> requests) {
        ClientLogin login = login(Credentials.password("sesame"));
        MessageWriter out = MessageWriter.heap(64);
        for (Authentication request : requests.subList(0, requests.size() - 1)) {
            login.answer(request, out);
        }
        assertThatThrownBy(() -> login.answer(requests.getLast(), out))
                .isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void aHashAnswersOnlyItsOwnMethod() {
        Md5Password hashed = Md5Password.of("alice", Payload.of("sesame"));
        MessageWriter out = MessageWriter.heap(64);
        ClientLogin login = login(new Credentials.Md5(hashed));
        assertThatThrownBy(() -> login.answer(new Authentication.CleartextPassword(), out))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage(
                        "the server asks user \"alice\" for a clear-text password, which is not"
                                + " known");
        assertThatThrownBy(() -> login.answer(SASL, out)).isInstanceOf(ProtocolViolation.class);
        assertThat(login.answer(new Authentication.Md5Password(1), out)).isFalse();
        assertThat(out.size()).isEqualTo(FrameHeader.BYTES + 36);
        assertThat(login.answer(OK, out)).isTrue();
    }
}
