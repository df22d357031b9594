package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.ServerVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that cannot be used: exit code 3, one sentence, one hint. */
class BadConnectionTest {
    @TempDir private static Path directory;
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
        server.execute("CREATE ROLE needy LOGIN PASSWORD 's3cret'");
        Path hba = server.server().data().resolve("pg_hba.conf");
        Files.writeString(hba, "host all needy all scram-sha-256\n" + Files.readString(hba));
        server.execute("SELECT pg_catalog.pg_reload_conf()");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void expect(Howdah.Result result, String sentence, String hint) {
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines().toList()).hasSize(2);
        assertThat(result.err()).contains(sentence, "Hint: ", hint);
        assertThat(result.err()).doesNotContain("wr0ng");
    }

    @Test
    void unreachable() {
        Howdah howdah = Howdah.in(directory);
        expect(howdah.run("check", "host=127.0.0.1 port=1"), "connection refused", "port");
        expect(howdah.run("check", "host=nowhere.invalid"), "not known", "nowhere.invalid");
        expect(howdah.run("fix", "host=127.0.0.1 port=1"), "connection refused", "port");
        expect(
                howdah.with("PGHOST", "127.0.0.1").with("PGPORT", "1").run("check"),
                "127.0.0.1:1/ada",
                "port");
    }

    @Test
    void wrongPassword() {
        String dsn = "postgresql://needy@127.0.0.1:%d/postgres".formatted(server.port());
        Howdah howdah = Howdah.in(directory);
        expect(howdah.with("PGPASSWORD", "wr0ng").run("check", dsn), "password", ".pgpass");
        expect(howdah.run("check", dsn), "asks for a password", "PGPASSWORD");
        assertThat(howdah.with("PGPASSWORD", "s3cret").run("check", dsn).exitCode())
                .isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"90624, 9.6.24, too old", "130023, 13.23, too old", "190000, 19.0, too new"})
    void tooOldOrTooNew(int number, String version, String sentence) throws IOException {
        try (OtherVersion other = new OtherVersion(number)) {
            Howdah.Result result =
                    Howdah.in(directory)
                            .run("check", "host=127.0.0.1 sslmode=disable port=" + other.port());
            expect(result, sentence, "14 to 18");
            assertThat(result.err()).contains("PostgreSQL " + version);
        }
    }

    /**
     * Lets everybody in and answers every query with one row that says its version: servers of
     * these versions cannot be had for a test.
     */
    private static final class OtherVersion implements AutoCloseable {
        private final ServerSocket socket =
                new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final int number;

        OtherVersion(int number) throws IOException {
            this.number = number;
            Thread.ofVirtual()
                    .start(() -> {
                        while (!socket.isClosed()) {
                            serve();
                        }
                    });
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve() {
            try (Socket client = socket.accept();
                    DataInputStream in = new DataInputStream(client.getInputStream());
                    DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
                in.skipNBytes(in.readInt() - 4);
                message(out, 'R', new byte[4]);
                status(out, "server_version", new ServerVersion(number).toString());
                status(out, "client_encoding", "UTF8");
                status(out, "DateStyle", "ISO");
                status(out, "standard_conforming_strings", "on");
                status(out, "integer_datetimes", "on");
                message(out, 'K', new byte[8]);
                message(out, 'Z', new byte[] {'I'});
                answer(in, out);
            } catch (IOException over) {
                // The client has seen enough.
            }
        }

        private void answer(DataInputStream in, DataOutputStream out) throws IOException {
            while (true) {
                byte type = in.readByte();
                in.skipNBytes(in.readInt() - 4);
                switch (type) {
                    case 'Q' -> {
                        // The driver's own settings.
                        message(out, 'C', "SET\0".getBytes(StandardCharsets.UTF_8));
                        message(out, 'Z', new byte[] {'I'});
                    }
                    case 'P' -> message(out, '1', new byte[0]);
                    case 'B' -> message(out, '2', new byte[0]);
                    case 'D' -> message(out, 'T', description());
                    case 'E' -> {
                        message(out, 'D', row());
                        message(out, 'C', "SELECT 1\0".getBytes(StandardCharsets.UTF_8));
                    }
                    case 'S' -> message(out, 'Z', new byte[] {'I'});
                    default -> {}
                }
            }
        }

        private static byte[] description() throws IOException {
            var bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            int[] types = {23, 23, 16};
            out.writeShort(types.length);
            for (int type : types) {
                out.writeBytes("c\0");
                out.writeInt(0);
                out.writeShort(0);
                out.writeInt(type);
                out.writeShort(4);
                out.writeInt(-1);
                out.writeShort(0);
            }
            return bytes.toByteArray();
        }

        private byte[] row() throws IOException {
            var bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            String[] values = {Integer.toString(number), "1", "f"};
            out.writeShort(values.length);
            for (String value : values) {
                out.writeInt(value.length());
                out.writeBytes(value);
            }
            return bytes.toByteArray();
        }

        private static void status(DataOutputStream out, String name, String value)
                throws IOException {
            message(out, 'S', (name + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8));
        }

        private static void message(DataOutputStream out, char type, byte[] body)
                throws IOException {
            out.writeByte(type);
            out.writeInt(body.length + 4);
            out.write(body);
            out.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
