package org.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;

class TestServerTest {

    @Test
    void startsAnswersAndLeavesNothing() throws Exception {
        Path directory;
        try (TestServer server = TestServer.start()) {
            directory = server.server().directory();
            server.createDatabase("some thing");
            try (Connection connection = server.connect("some thing");
                    ResultSet version =
                            connection.createStatement().executeQuery("SELECT version()")) {
                version.next();
                assertThat(version.getString(1)).startsWith("PostgreSQL 18");
            }
        }
        assertThat(directory).doesNotExist();
    }
}
