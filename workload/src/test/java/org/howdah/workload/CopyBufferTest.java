package org.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

class CopyBufferTest {

    @Test
    void theServerReadsWhatWasWritten() throws SQLException {
        try (TestServer server = TestServer.start();
                Connection connection = server.connect()) {
            server.execute(
                    "CREATE TABLE t (n int, score numeric(3,1), at timestamptz, ip inet, doc jsonb, yes boolean, nothing text, word text)");
            CopyBuffer buffer = new CopyBuffer();
            buffer.header();
            for (int tenths = 1; tenths <= 100; tenths++) {
                buffer.row(8);
                buffer.int4(tenths);
                buffer.tenths(tenths);
                buffer.time(Instant.parse("1999-12-31T23:59:59.5Z").plusSeconds(tenths));
                buffer.address(0x0A000000 | tenths);
                buffer.json("{\"a\": [1, \"é\"]}");
                buffer.bool(tenths % 2 == 0);
                buffer.none();
                buffer.text("tab\tand \\ and é");
            }
            buffer.trailer();
            CopyIn copy =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("COPY t FROM STDIN (FORMAT binary)");
            copy.writeToCopy(buffer.bytes(), 0, buffer.length());
            assertThat(copy.endCopy()).isEqualTo(100);
            ConnectionSource source = server::connect;
            List<String> expected =
                    IntStream.rangeClosed(1, 100)
                            .mapToObj(tenths -> tenths / 10 + "." + tenths % 10)
                            .toList();
            assertThat(Fixture.column(source, "SELECT score FROM t ORDER BY n"))
                    .isEqualTo(expected);
            assertThat(
                            Fixture.one(
                                    source,
                                    """
                                    SELECT bool_and(at = timestamptz '1999-12-31 23:59:59.5+00' + n * interval '1 second'
                                           AND ip = '10.0.0.0'::inet + n AND doc = '{"a": [1, "é"]}'
                                           AND yes = (n % 2 = 0) AND nothing IS NULL AND word = E'tab\\tand \\\\ and é')
                                      FROM t
                                    """))
                    .isEqualTo("t");
        }
    }
}
