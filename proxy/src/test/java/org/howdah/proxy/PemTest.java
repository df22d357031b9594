package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

    @TempDir static Path directory;

    private static TestAuthority.Issued rsa;
    private static TestAuthority.Issued curve;

    @BeforeAll
    static void issue() {
        TestAuthority authority = TestAuthority.in(directory);
        rsa = authority.issue("rsa", "localhost", "RSA");
        curve = authority.issue("curve", "localhost", "EC");
    }

    @ParameterizedTest
    @CsvSource({"RSA, SHA256withRSA", "EC, SHA256withECDSA"})
    void theKeyBelongsToTheCertificateInEachForm(String algorithm, String signature)
            throws Exception {
        TestAuthority.Issued issued = algorithm.equals("RSA") ? rsa : curve;
        String pkcs8 = Files.readString(issued.key());
        byte[] inner = inner(Pem.privateKey(pkcs8).getEncoded());
        if (algorithm.equals("EC")) {
            inner = withCurve(inner, Pem.privateKey(pkcs8).getEncoded());
        }
        String older = pem(algorithm + " PRIVATE KEY", inner);
        X509Certificate certificate =
                Pem.certificates(Files.readString(issued.certificate())).getFirst();
        for (String form : List.of(pkcs8, older, "remarks\n" + older + pkcs8)) {
            assertThat(signs(Pem.privateKey(form), certificate, signature)).isTrue();
        }
    }

    private static boolean signs(PrivateKey key, X509Certificate certificate, String algorithm)
            throws GeneralSecurityException {
        byte[] text = "howdah".getBytes(StandardCharsets.US_ASCII);
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(text);
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(certificate);
        verifying.update(text);
        return verifying.verify(signing.sign());
    }

    /** What PKCS#8 holds: the last element of its sequence here. */
    private static byte[] inner(byte[] pkcs8) {
        for (int at = 4; at < pkcs8.length - 4; at++) {
            boolean octets = pkcs8[at] == 4;
            int two = (pkcs8[at + 2] & 0xFF) << 8 | (pkcs8[at + 3] & 0xFF);
            if (octets && pkcs8[at + 1] == (byte) 0x82 && at + 4 + two == pkcs8.length) {
                return Arrays.copyOfRange(pkcs8, at + 4, pkcs8.length);
            }
            if (octets && at + 2 + pkcs8[at + 1] == pkcs8.length) {
                return Arrays.copyOfRange(pkcs8, at + 2, pkcs8.length);
            }
            if (octets
                    && pkcs8[at + 1] == (byte) 0x81
                    && at + 3 + (pkcs8[at + 2] & 0xFF) == pkcs8.length) {
                return Arrays.copyOfRange(pkcs8, at + 3, pkcs8.length);
            }
        }
        throw new IllegalArgumentException("no key");
    }

    /** As OpenSSL writes it: with the curve's name behind the number. */
    private static byte[] withCurve(byte[] key, byte[] pkcs8) {
        int at = new String(pkcs8, StandardCharsets.ISO_8859_1).indexOf("\u0006\u0007*\u0086H");
        int begin = at + 9;
        byte[] name = Arrays.copyOfRange(pkcs8, begin, begin + 2 + pkcs8[begin + 1]);
        byte[] number = Arrays.copyOfRange(key, 2, key.length);
        byte[] all = new byte[2 + number.length + 2 + name.length];
        all[0] = 0x30;
        all[1] = (byte) (all.length - 2);
        System.arraycopy(number, 0, all, 2, number.length);
        all[2 + number.length] = (byte) 0xA0;
        all[3 + number.length] = (byte) name.length;
        System.arraycopy(name, 0, all, 4 + number.length, name.length);
        return all;
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(bytes), label);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMIIB\n-----END EC PRIVATE KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n"
                        + "-----END RSA PRIVATE KEY-----"
            })
    void whatIsNoKeyIsRefused(String text) {
        assertThatThrownBy(() -> Pem.privateKey(text)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void settingsThatCannotBeFollowedAreRefusedAtTheStart() throws IOException {
        Path nothing = Files.createTempFile(directory, "no", ".pem");
        for (TlsSettings wrong :
                List.of(
                        tls(rsa.key(), nothing, List.of()),
                        tls(nothing, rsa.certificate(), List.of()),
                        tls(directory.resolve("none"), rsa.certificate(), List.of()),
                        tls(curve.key(), rsa.certificate(), List.of()),
                        tls(rsa.key(), rsa.certificate(), List.of("TLS_WITH_NOTHING")))) {
            assertThatThrownBy(() -> TlsFiles.clients(wrong)).isInstanceOf(SettingsException.class);
        }
        assertThat(TlsFiles.clients(tls(rsa.key(), rsa.certificate(), List.of()))).isPresent();
    }

    private static TlsSettings tls(Path key, Path certificate, List<String> ciphers) {
        return new TlsSettings(
                TlsSettings.Mode.REQUIRE,
                Optional.of(key),
                Optional.of(certificate),
                Optional.empty(),
                List.of(),
                ciphers);
    }
}
