package org.howdah.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** What a second JVM does in a test: starts something, tells of it, waits to be told or killed. */
final class ChildProgram {

    private ChildProgram() {}

    public static void main(String[] arguments) throws IOException {
        try {
            switch (arguments[0]) {
                case "cluster" -> cluster(Path.of(arguments[1]), Lifetime.valueOf(arguments[2]));
                case "temporary" -> temporary();
                case "shared" -> shared(Path.of(arguments[1]));
                case "account" -> account(Path.of(arguments[1]));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        } catch (EmbeddedException failed) {
            tell(
                    "failed: "
                            + String.valueOf(failed.getMessage()).replace('\n', ' ')
                            + " Hint: "
                            + failed.hint());
        }
    }

    private static void cluster(Path directory, Lifetime lifetime) throws IOException {
        ServerOptions server = ServerOptions.throwaway().withLifetime(lifetime);
        ClusterOptions options = ClusterOptions.throwaway().withServer(server).withReaders(1);
        try (LocalCluster cluster = LocalCluster.start(directory, options, Host.local())) {
            tell(
                    cluster.servers().values().stream()
                            .map(node -> String.valueOf(node.pid().orElseThrow()))
                            .collect(Collectors.joining(" ")));
            awaitWord();
        }
    }

    private static void temporary() throws IOException {
        try (TestServer server = TestServer.start()) {
            tell(server.server().pid().orElseThrow() + " " + server.server().directory());
            awaitWord();
        }
    }

    private static void shared(Path directory) throws IOException {
        try (SharedServer shared =
                SharedServer.join(directory, ServerOptions.throwaway(), Host.local())) {
            tell(shared.server().pid().orElseThrow() + " " + shared.server().port());
            awaitWord();
        }
        tell("left");
    }

    private static void account(Path directory) throws IOException {
        ClusterOptions options =
                ClusterOptions.defaults()
                        .withServer(ServerOptions.defaults().withSetting("fsync", "off"))
                        .withReaders(1);
        try (LocalCluster cluster = LocalCluster.start(directory, options, Host.local())) {
            cluster.promote();
            String version = Sql.on(cluster.writer()).text("SHOW server_version_num");
            long pid = cluster.writer().pid().orElseThrow();
            tell(version + " " + ProcessHandle.of(pid).orElseThrow().info().user().orElse("?"));
            awaitWord();
        }
        tell("left");
    }

    private static void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void awaitWord() throws IOException {
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    }
}
