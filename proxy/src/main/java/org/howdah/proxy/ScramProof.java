package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.howdah.wire.Authentication;
import org.howdah.wire.Credentials;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.SaslInitialResponse;
import org.howdah.wire.SaslResponse;
import org.howdah.wire.ScramExchange;
import org.howdah.wire.ScramKeys;
import org.howdah.wire.ScramOutcome;

/** Asks for a proof by SCRAM-SHA-256, bound to the TLS connection where there is one. */
final class ScramProof implements Proof {

    private final String user;
    private final ScramExchange exchange;
    private final Function<ScramKeys, Credentials> credentials;
    private boolean begun;

    /**
     * @param credentials what the client's keys are good for
     */
    ScramProof(String user, ScramExchange exchange, Function<ScramKeys, Credentials> credentials) {
        this.user = user;
        this.exchange = exchange;
        this.credentials = credentials;
    }

    @Override
    public Step begin(MessageWriter out) {
        exchange.offer().writeTo(out);
        return new Step.Awaiting();
    }

    @Override
    public Step answer(ByteBuffer in, int from, int to, MessageWriter out) {
        if (!begun) {
            begun = true;
            var challenge = exchange.clientFirst(SaslInitialResponse.parseFrom(in, from, to));
            new Authentication.SaslContinue(challenge).writeTo(out);
            return new Step.Awaiting();
        }
        return switch (exchange.clientFinal(SaslResponse.parseFrom(in, from, to))) {
            case ScramOutcome.Accepted(var serverFinal, var keys) -> {
                new Authentication.SaslFinal(serverFinal).writeTo(out);
                yield new Step.Proven(credentials.apply(keys));
            }
            case ScramOutcome.Refused() -> new Step.Failed(Refusal.wrongPassword(user));
        };
    }
}
