package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code howdah cluster}: a writer and a reader of one's own. */
class ClusterCommandTest {
    @TempDir private Path directory;

    /** Where root runs the tests, the servers' account must be able to enter it. */
    @BeforeEach
    void openTheDoor() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void startsShowsPromotesAndStops() {
        Howdah howdah = Howdah.in(directory);
        String data = directory.resolve("own").toString();
        Howdah.Result started =
                howdah.run("cluster", "start", "--detach", "--readers", "1", "--data", data);
        assertThat(started.exitCode()).as(started.err()).isZero();
        try {
            assertThat(started.out()).contains("node1", "node2", "writer", "reader");

            Howdah.Result status = howdah.run("cluster", "status", "--json", "--data", data);
            assertThat(status.exitCode()).as(status.err()).isZero();
            assertThat(role(status.json(), "node1")).isEqualTo("writer");
            assertThat(role(status.json(), "node2")).isEqualTo("reader");
            status.json()
                    .get("nodes")
                    .valueStream()
                    .forEach(node -> assertThat(node.get("state").asString()).isEqualTo("running"));

            Howdah.Result nobody = howdah.run("cluster", "promote", "node7", "--data", data);
            assertThat(nobody.exitCode()).isNotZero();
            assertThat(nobody.err()).contains("node7", "Hint: ");

            Howdah.Result promoted = howdah.run("cluster", "promote", "--data", data);
            assertThat(promoted.exitCode()).as(promoted.err()).isZero();
            assertThat(promoted.err()).contains("node2 is the writer now");
            JsonNode after = howdah.run("cluster", "status", "--json", "--data", data).json();
            assertThat(role(after, "node1")).isEqualTo("reader");
            assertThat(role(after, "node2")).isEqualTo("writer");

            Howdah.Result shape =
                    howdah.run("cluster", "start", "--detach", "--readers", "2", "--data", data);
            assertThat(shape.exitCode()).isEqualTo(2);
            assertThat(shape.err()).contains("with 1 readers", "Hint: ");
        } finally {
            Howdah.Result stopped = howdah.run("cluster", "stop", "--data", data);
            assertThat(stopped.exitCode()).as(stopped.err()).isZero();
        }
        Howdah.Result stopped = howdah.run("cluster", "status", "--json", "--data", data);
        assertThat(stopped.exitCode()).isEqualTo(1);
        assertThat(stopped.json().get("nodes").get(0).get("state").asString()).isEqualTo("stopped");
    }

    private static String role(JsonNode status, String name) {
        return status.get("nodes")
                .valueStream()
                .filter(node -> node.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .get("role")
                .asString();
    }

    @ParameterizedTest
    @CsvSource({
        "--major 13, PostgreSQL 13",
        "--major 19, PostgreSQL 19",
        "--port 70000, 70000",
        "--port 0, port 0",
        "--port 65535 --readers 1, 65536",
        "--readers 9, 9 readers",
        "--readers -1, -1 readers",
        "--readers 1 --quorum 2, quorum of 2"
    })
    void aBadValueLeavesNothingBehind(String options, String said) {
        Path data = directory.resolve("never");
        String[] command = ("cluster start --detach --data " + data + " " + options).split(" ", -1);
        Howdah.Result result = Howdah.in(directory).run(command);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(said, "Hint: Choose");
        assertThat(data).doesNotExist();
    }

    @Test
    void aMachineHasProcessors() {
        Howdah.Result result =
                Howdah.in(directory).run("check", "--cpus", "0", "postgresql://127.0.0.1:1/x");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("0 processors", "Hint: ");
    }
}
