package org.howdah.wire;

import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Prints how many SCRAM logins one processor computes in a second, without any network. The figure
 * is the best of {@value #ROUNDS} rounds in processor time, since other work on the machine can
 * only add to it.
 */
final class LoginSpeed {

    private static final int ROUNDS = 10;
    private static final long ROUND_NANOS = 200_000_000;

    private static final ScramHash HASH = new ScramHash();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ScramServer SERVER =
            new ScramServer(HASH, RANDOM, Payload.of("secret"), 4096);
    private static final ScramSalting SALTING = SERVER.saltingOf("alice");
    private static final ScramKeys KEYS =
            ScramKeys.derive(HASH, Payload.of("sesame").toByteArray(), SALTING);
    private static final ScramVerifier VERIFIER = ScramVerifier.of(HASH, KEYS, SALTING);

    private LoginSpeed() {}

    static void main() {
        print("server, stored verifier", () -> replay(SERVER.begin(VERIFIER, Optional.empty())));
        print("server, unknown user", () -> replay(SERVER.beginUnknown("bob", Optional.empty())));
        print("server and client, stored keys", LoginSpeed::whole);
        byte[] password = Payload.of("sesame").toByteArray();
        print("keys from a password", () -> ScramKeys.derive(HASH, password, SALTING));
    }

    /**
     * The server's part; the client's proof is of the right form but wrong, which costs the same.
     */
    private static Object replay(ScramExchange exchange) {
        var first =
                new SaslInitialResponse(
                        "SCRAM-SHA-256", Payload.of("n,,n=,r=0123456789abcdef01234567"));
        String challenge = exchange.clientFirst(first).text();
        String nonce = challenge.substring(0, challenge.indexOf(','));
        String proof = ",p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        return exchange.clientFinal(new SaslResponse(Payload.of("c=biws," + nonce + proof)));
    }

    private static Object whole() {
        ScramExchange exchange = SERVER.begin(VERIFIER, Optional.empty());
        ScramClient client =
                ScramClient.choose(
                        exchange.offer().mechanisms(),
                        false,
                        Optional.empty(),
                        ChannelBindingPolicy.PREFER,
                        RANDOM);
        client.serverFirst(exchange.clientFirst(client.clientFirst()));
        if (exchange.clientFinal(client.clientFinal(HASH, KEYS))
                instanceof ScramOutcome.Accepted accepted) {
            client.serverFinal(accepted.serverFinal());
            return accepted;
        }
        throw new IllegalStateException("refused");
    }

    private static void print(String what, Supplier<Object> login) {
        var threads = ManagementFactory.getThreadMXBean();
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long end = System.nanoTime() + ROUND_NANOS;
            long before = threads.getCurrentThreadCpuTime();
            int count = 0;
            int seen = 0;
            while (System.nanoTime() < end) {
                seen |= login.get().hashCode();
                count++;
            }
            long nanos = threads.getCurrentThreadCpuTime() - before;
            best = Math.max(best, seen == 1 ? 0 : count * 1e9 / nanos);
        }
        System.out.printf(Locale.ROOT, "%-32s %,10.0f a CPU-second%n", what, best);
    }
}
