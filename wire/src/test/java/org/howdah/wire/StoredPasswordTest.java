package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class StoredPasswordTest {

    private final ScramHash hash = new ScramHash();
    private final ScramServer server =
            new ScramServer(hash, new SecureRandom(), Payload.of("secret"), 4096);
    private final ScramKeyCache cache = new ScramKeyCache(8);

    @Test
    void everyFormKnowsItsPassword() {
        Payload right = Payload.of("sesame");
        Payload wrong = Payload.of("Sesame");
        String md5 = Md5Password.of("alice", right).text();
        String scram = server.verifierOf("alice", right, cache).text();
        for (String text : new String[] {"sesame", md5, scram}) {
            StoredPassword stored = StoredPassword.parse(text);
            assertThat(stored.matches("alice", right, hash)).as(text).isTrue();
            assertThat(stored.matches("alice", wrong, hash)).as(text).isFalse();
        }
        assertThat(StoredPassword.parse(md5)).isInstanceOf(StoredPassword.Md5.class);
        assertThat(StoredPassword.parse(scram)).isInstanceOf(StoredPassword.Scram.class);
        assertThat(StoredPassword.parse(md5).matches("bob", right, hash)).isFalse();
    }

    @Test
    void anEmptyPasswordLetsNobodyIn() {
        StoredPassword empty = StoredPassword.parse("");
        assertThat(empty.matches("alice", Payload.of(""), hash)).isFalse();
        assertThat(empty.md5("alice")).isEmpty();
        assertThat(empty.scram("alice", server, cache)).isEmpty();
    }

    @Test
    void anAnswerToAnotherSaltIsWrong() {
        Md5Password stored = Md5Password.of("alice", Payload.of("sesame"));
        assertThat(stored.proves(stored.response(42), 42)).isTrue();
        assertThat(stored.proves(stored.response(42), 43)).isFalse();
        assertThat(stored.proves(new PasswordMessage(Payload.of("md5")), 42)).isFalse();
    }
}
