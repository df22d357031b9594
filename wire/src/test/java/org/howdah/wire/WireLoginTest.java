package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in to PostgreSQL 18 by every method that it has for passwords. */
class WireLoginTest {

    private static LoginServer server;

    @BeforeAll
    static void start(@TempDir Path scratch) throws Exception {
        server = LoginServer.start(scratch);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with_md5", "with_scram", "in_clear"})
    void logsInByEveryMethod(String user) {
        try (WireClient client = server.login(user, Credentials.password("sésame"))) {
            assertThat(client.value("SELECT current_user")).contains(user);
            assertThat(client.parameters()).containsEntry("client_encoding", "UTF8");
        }
        assertThat(server.refused(user, "sesame")).isTrue();
    }

    @Test
    void logsInByStoredHashes() {
        Md5Password md5 = new Md5Password(server.stored("with_md5"));
        try (WireClient client = server.login("with_md5", new Credentials.Md5(md5))) {
            assertThat(client.value("SELECT current_user")).contains("with_md5");
        }
        ScramVerifier verifier = ScramVerifier.parse(server.stored("with_scram")).orElseThrow();
        byte[] password = Payload.of("sésame").toByteArray();
        ScramKeys keys = ScramKeys.derive(new ScramHash(), password, verifier.salting());
        Credentials passed = new Credentials.Scram(keys, verifier.salting());
        try (WireClient client = server.login("with_scram", passed)) {
            assertThat(client.value("SELECT current_user")).contains("with_scram");
        }
    }

    @Test
    void saysWhatTheCredentialsLack() {
        assertThatThrownBy(() -> server.login("with_scram", Credentials.none()))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("asks user \"with_scram\" for SCRAM authentication");
        ScramSalting salting = new ScramSalting(Payload.of("other"), 4096);
        ScramKeys keys = ScramKeys.derive(new ScramHash(), new byte[] {1}, salting);
        assertThatThrownBy(() -> server.login("with_scram", new Credentials.Scram(keys, salting)))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("has another salt");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bindsTheLoginToTheTlsConnection(boolean direct) {
        try (WireClient client = WireClient.connect(server.tcp(), LoginServer.PATIENCE)) {
            client.startTls(server.tls(direct), ChannelBindingPolicy.REQUIRE);
            client.login(
                    StartupMessage.of(ProtocolVersion.V3_0, "over_tls", LoginServer.DATABASE),
                    Credentials.password("sésame"));
            assertThat(client.value("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .contains("t");
        }
    }

    @Test
    void aMethodWithoutBindingIsRefusedWhereItIsRequired() {
        for (String user : List.of("with_md5", "in_clear", "nobody_at_all")) {
            try (WireClient client = WireClient.connect(server.tcp(), LoginServer.PATIENCE)) {
                client.startTls(server.tls(false), ChannelBindingPolicy.REQUIRE);
                StartupMessage startup =
                        StartupMessage.of(ProtocolVersion.V3_0, user, LoginServer.DATABASE);
                assertThatThrownBy(() -> client.login(startup, Credentials.password("sésame")))
                        .isInstanceOfAny(ProtocolViolation.class, ServerError.class);
            }
        }
        try (WireClient client = WireClient.connect(server.tcp(), LoginServer.PATIENCE)) {
            client.startTls(server.tls(false), ChannelBindingPolicy.REQUIRE);
            StartupMessage trusted =
                    StartupMessage.of(ProtocolVersion.V3_0, "postgres", LoginServer.DATABASE);
            assertThatThrownBy(() -> client.login(trusted, Credentials.none()))
                    .isInstanceOf(ProtocolViolation.class)
                    .hasMessageContaining("channel binding is required");
        }
    }

    /** libpq's own side of the exchange is in psql; pgjdbc's is on the path of these tests. */
    @Test
    void aServersOwnVerifierServesOurServer() {
        ScramHash hash = new ScramHash();
        ScramServer ours = new ScramServer(hash, new SecureRandom(), Payload.of("s"), 4096);
        ScramVerifier verifier = ScramVerifier.parse(server.stored("with_scram")).orElseThrow();
        ClientLogin client =
                new ClientLogin(
                        "with_scram",
                        Credentials.password("sésame"),
                        LoginChannel.plain(),
                        hash,
                        new ScramKeyCache(1),
                        new SecureRandom());
        ScramExchange exchange = ours.begin(verifier, Optional.empty());
        SaslInitialResponse first = body(client, exchange.offer(), SaslInitialResponse::parseFrom);
        Payload challenge = exchange.clientFirst(first);
        SaslResponse last =
                body(client, new Authentication.SaslContinue(challenge), SaslResponse::parseFrom);
        var accepted = (ScramOutcome.Accepted) exchange.clientFinal(last);
        MessageWriter out = MessageWriter.heap(16);
        assertThatThrownBy(() -> client.answer(new Authentication.Ok(), out))
                .isInstanceOf(ProtocolViolation.class);
        client.answer(new Authentication.SaslFinal(accepted.serverFinal()), out);
        assertThat(client.answer(new Authentication.Ok(), out)).isTrue();
        assertThat(out.size()).isZero();
        assertThat(Map.of("keys", accepted.keys()).toString()).doesNotContain("sésame");
    }

    private static <T> T body(ClientLogin client, Authentication request, Frame.Reader<T> reader) {
        MessageWriter out = MessageWriter.heap(64);
        assertThat(client.answer(request, out)).isFalse();
        return reader.parseFrom(out.buffer(), FrameHeader.BYTES, out.size());
    }

    @Test
    void whatPostgresHashesIsWhatWeHash() {
        List<String> passwords = new ArrayList<>(PASSWORDS);
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            passwords.add(randomPassword(random));
        }
        StringBuilder roles = new StringBuilder("SET scram_iterations = 1;");
        for (int i = 0; i < passwords.size(); i++) {
            roles.append("CREATE ROLE hashed_%d PASSWORD '%s';".formatted(i, passwords.get(i)));
        }
        server.postgres().execute(roles.toString());
        ScramHash hash = new ScramHash();
        for (int i = 0; i < passwords.size(); i++) {
            String password = passwords.get(i);
            ScramVerifier verifier =
                    ScramVerifier.parse(server.stored("hashed_" + i)).orElseThrow();
            assertThat(verifier.matches(hash, Payload.of(password).toByteArray()))
                    .as(password.codePoints().mapToObj(Integer::toHexString).toList().toString())
                    .isTrue();
        }
    }

    private static final List<String> PASSWORDS =
            List.of(
                    "sesame",
                    "\u00AA",
                    "\u2168",
                    "I\u00ADX",
                    "a\u00A0b",
                    "\u0627\u0628",
                    "\u06271",
                    "\u0221\uFB01",
                    "\uD83D\uDE00",
                    "\u200B\u00E9",
                    "e\u0301",
                    "\u1E9B\u0323",
                    "\u2FF0\uFB01",
                    "\u00AD\u00E9\u00AD",
                    "\uFDFA",
                    "\uD83C\uDD00");

    /** Of code points that differ in what becomes of them. */
    private static String randomPassword(Random random) {
        int[][] blocks = {
            {0x21, 0x26},
            {0x80, 0x250},
            {0x300, 0x370},
            {0x5D0, 0x700},
            {0x1E00, 0x2070},
            {0x2100, 0x2200},
            {0x3000, 0x3100},
            {0xFB00, 0xFE10},
            {0x1F100, 0x1F200}
        };
        StringBuilder password = new StringBuilder();
        int length = 1 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            int[] block = blocks[random.nextInt(blocks.length)];
            password.appendCodePoint(random.nextInt(block[0], block[1]));
        }
        return password.toString();
    }
}
