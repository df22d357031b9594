package org.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestServerTest {

    @Test
    void startsAnswersAndLeavesNothing() throws Exception {
        Path directory;
        try (TestServer server = TestServer.start()) {
            directory = server.server().directory();
            server.createDatabase("some thing");
            server.executeIn("some thing", "CREATE TABLE t ()");
            try (Connection connection = server.connect("some thing");
                    ResultSet version =
                            connection.createStatement().executeQuery("SELECT version()")) {
                version.next();
                assertThat(version.getString(1)).startsWith("PostgreSQL 18");
            }
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void leavesNoSharedMemoryEvenAfterACrash() throws IOException {
        String segment;
        try (TestServer server = TestServer.start()) {
            List<String> lines =
                    Files.readAllLines(server.server().data().resolve("postmaster.pid"));
            segment = lines.get(6).strip().replaceAll(" +", " ");
            assertThat(segments()).contains(segment);
            assertThat(Sql.on(server.server()).text("SHOW dynamic_shared_memory_type"))
                    .isEqualTo("mmap");
            server.server().crash();
            assertThat(segments()).contains(segment);
        }
        assertThat(segments()).doesNotContain(segment);
    }

    /** Lines that begin with key and identifier, blanks made single. */
    private static String segments() throws IOException {
        return Files.readString(Path.of("/proc/sysvipc/shm")).replaceAll(" +", " ");
    }
}
