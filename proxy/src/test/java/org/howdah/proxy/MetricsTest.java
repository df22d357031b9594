package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Prometheus is served. */
class MetricsTest {

    /** A line of the text format: a comment, or a sample. */
    private static final Pattern LINE =
            Pattern.compile(
                    "# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{([a-z_]+=\"([^\"\\\\]|\\\\.)*\",?)+})? (-?[0-9.]+|\\+Inf)");

    private static TestServer server;
    private static TestProxy proxy;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        proxy = new Written(server.port()).with("metrics_listen", "127.0.0.1:0").start();
    }

    @AfterAll
    static void stop() {
        proxy.close();
        server.close();
    }

    private static HttpResponse<String> get() throws Exception {
        InetSocketAddress address = proxy.proxy().metrics().orElseThrow();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:%d/metrics"
                                                    .formatted(address.getPort())))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static double value(List<String> lines, String sample) {
        return lines.stream()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + sample));
    }

    @Test
    void samplesFollowTheFormatAndTheWork() throws Exception {
        try (Connection client = proxy.connect("preferQueryMode=simple");
                Statement statement = client.createStatement()) {
            statement.execute("SELECT pg_sleep(0.05)");
            HttpResponse<String> first = get();
            assertThat(first.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/plain; version=0.0.4");
            List<String> before = first.body().lines().toList();
            assertThat(before).isNotEmpty().allMatch(line -> LINE.matcher(line).matches());
            for (int i = 0; i < 10; i++) {
                statement.execute("SELECT pg_sleep(0.002)");
            }
            client.setAutoCommit(false);
            statement.execute("CREATE TEMP TABLE pinned (id int)");
            client.commit();
            List<String> after = get().body().lines().toList();
            String pool = "{database=\"app\",user=\"postgres\"}";
            assertThat(value(after, "howdah_proxy_queries_total" + pool))
                    .isEqualTo(value(before, "howdah_proxy_queries_total" + pool) + 13);
            assertThat(value(after, "howdah_proxy_server_seconds_count" + pool))
                    .isEqualTo(value(after, "howdah_proxy_queries_total" + pool));
            assertThat(value(after, "howdah_proxy_server_seconds_sum" + pool))
                    .isGreaterThan(value(before, "howdah_proxy_server_seconds_sum" + pool) + 0.02);
            String bucket =
                    "howdah_proxy_server_seconds_bucket{database=\"app\",user=\"postgres\",le=\"%s\"}";
            assertThat(value(before, bucket.formatted("+Inf")))
                    .isGreaterThan(value(before, bucket.formatted("0.032768")));
            assertThat(
                            value(
                                    after,
                                    "howdah_proxy_clients{database=\"app\",user=\"postgres\",state=\"active\"}"))
                    .isEqualTo(1);
            assertThat(
                            value(
                                    after,
                                    "howdah_proxy_pins_total{database=\"app\",user=\"postgres\",reason=\"temporary_object\"}"))
                    .isEqualTo(1);
            assertThat(value(after, "jvm_memory_used_bytes{area=\"heap\"}")).isPositive();
            assertThat(value(after, "howdah_proxy_loop_channels{loop=\"0\"}")).isPositive();
        }
    }
}
