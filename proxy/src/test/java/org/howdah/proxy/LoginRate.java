package org.howdah.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.howdah.embedded.TestServer;
import org.howdah.transport.TransportKind;
import org.howdah.wire.Credentials;
import org.howdah.wire.Payload;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.ScramHash;
import org.howdah.wire.ScramKeys;
import org.howdah.wire.ScramSalting;
import org.howdah.wire.ScramVerifier;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;

/**
 * Prints how many logins by SCRAM the proxy does in a second of its own processor time, with a
 * stored verifier and one loop: connect, prove, be greeted, leave. The proxy is a process of its
 * own, all of whose time counts; the clients have their keys ready, so that they cost little.
 *
 * <p>Arguments: {@code io_uring} or {@code nio}, and the seconds of a round (10).
 */
final class LoginRate {

    private static final int CLIENTS = 16;
    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ScramSalting SALTING =
            new ScramSalting(Payload.of("0123456789abcdef"), 4096);

    private LoginRate() {}

    static void main(String... arguments) throws IOException, InterruptedException {
        if (arguments.length > 0 && arguments[0].equals("proxy")) {
            serve(Integer.parseInt(arguments[1]), TransportKind.valueOf(arguments[2]));
            return;
        }
        TransportKind kind =
                arguments.length > 0
                        ? TransportKind.valueOf(arguments[0].toUpperCase(Locale.ROOT))
                        : TransportKind.NIO;
        Duration round =
                Duration.ofSeconds(arguments.length > 1 ? Long.parseLong(arguments[1]) : 10);
        try (TestServer server = TestServer.start()) {
            server.execute("CREATE USER alice");
            Process proxy = child(server.port(), kind);
            try (BufferedReader said =
                    new BufferedReader(
                            new InputStreamReader(
                                    proxy.getInputStream(), StandardCharsets.UTF_8))) {
                measure(proxy, Integer.parseInt(said.readLine()), kind, round);
            } finally {
                proxy.destroy();
            }
        }
    }

    private static ScramKeys keys() {
        return ScramKeys.derive(new ScramHash(), Payload.of("open sesame").toByteArray(), SALTING);
    }

    private static void serve(int port, TransportKind kind) throws InterruptedException {
        String verifier = ScramVerifier.of(new ScramHash(), keys(), SALTING).text();
        TestSettings settings =
                TestSettings.of(port)
                        .transport(kind)
                        .change(Changed.users(AuthMethod.SCRAM_SHA_256, "alice", verifier));
        try (TestProxy proxy = TestProxy.start(settings)) {
            System.out.println(proxy.port());
            Thread.currentThread().join();
        }
    }

    private static Process child(int port, TransportKind kind) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoginRate.class.getName(),
                        "proxy",
                        Integer.toString(port),
                        kind.name())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void measure(Process proxy, int port, TransportKind kind, Duration round)
            throws InterruptedException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Credentials.Scram credentials = new Credentials.Scram(keys(), SALTING);
        AtomicLong logins = new AtomicLong();
        AtomicLong end = new AtomicLong(Long.MAX_VALUE);
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            for (int i = 0; i < CLIENTS; i++) {
                threads.execute(() -> {
                    while (System.nanoTime() < end.get()) {
                        login(address, credentials);
                        logins.incrementAndGet();
                    }
                });
            }
            end.set(System.nanoTime() + round.multipliedBy(ROUNDS + 1L).toNanos());
            // The first round warms up.
            pass(round);
            for (int i = 0; i < ROUNDS; i++) {
                long before = logins.get();
                Duration cpu = cpu(proxy);
                pass(round);
                double seconds = cpu(proxy).minus(cpu).toNanos() / 1e9;
                long done = logins.get() - before;
                System.out.printf(
                        Locale.ROOT,
                        "%s: %,d logins in %.2f CPU-seconds: %,.0f per CPU-second%n",
                        kind,
                        done,
                        seconds,
                        done / seconds);
            }
        }
    }

    private static Duration cpu(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void login(InetSocketAddress address, Credentials credentials) {
        try (WireClient client = WireClient.connect(address, PATIENCE)) {
            client.login(
                    StartupMessage.of(ProtocolVersion.V3_0, "alice", TestSettings.DATABASE),
                    credentials);
        }
    }

    /** Lets the clients work for a while. */
    private static void pass(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
