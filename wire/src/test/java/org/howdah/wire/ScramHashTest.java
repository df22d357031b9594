package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ScramHashTest {

    private final ScramHash hash = new ScramHash();

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** RFC 7914, section 11: the first of the two blocks. */
    @Test
    void iteratesAsInRfc7914() {
        assertThat(HexFormat.of().formatHex(hash.iterated(ascii("passwd"), ascii("salt"), 1)))
                .isEqualTo("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
        assertThat(HexFormat.of().formatHex(hash.iterated(ascii("Password"), ascii("NaCl"), 80000)))
                .isEqualTo("4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56");
    }

    /** RFC 4231, test cases 2 and 6: a short key, and one longer than a block. */
    @Test
    void authenticatesAsInRfc4231() {
        byte[] longKey = HexFormat.of().parseHex("aa".repeat(131));
        assertThat(
                        HexFormat.of()
                                .formatHex(
                                        hash.hmac(
                                                ascii("Jefe"),
                                                ascii("what do ya want "),
                                                ascii("for nothing?"))))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        byte[] data = ascii("Test Using Larger Than Block-Size Key - Hash Key First");
        assertThat(HexFormat.of().formatHex(hash.hmac(longKey, data)))
                .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    @Test
    void agreesWithJavasOwn() throws GeneralSecurityException {
        Random random = new Random(11);
        for (int length = 1; length < 200; length += 7) {
            byte[] key = new byte[length];
            byte[] data = new byte[random.nextInt(300)];
            random.nextBytes(key);
            random.nextBytes(data);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            assertThat(hash.hmac(key, data)).isEqualTo(mac.doFinal(data));
        }
        String password = "x".repeat(70);
        PBEKeySpec specification =
                new PBEKeySpec(password.toCharArray(), ascii("0123456789"), 1000, 256);
        assertThat(hash.iterated(ascii(password), ascii("0123456789"), 1000))
                .isEqualTo(
                        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                                .generateSecret(specification)
                                .getEncoded());
    }
}
