package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelBindingTest {

    @TempDir private Path scratch;

    /** RFC 5929, section 4.1: the signature's own hash, but nothing weaker than SHA-256. */
    @ParameterizedTest
    @CsvSource({
        "RSA, SHA1withRSA, SHA-256",
        "EC, SHA384withECDSA, SHA-384",
        "RSA, RSASSA-PSS, SHA-384",
        "Ed25519, Ed25519, ''"
    })
    void theHashIsTheSignatures(String key, String signature, String hash)
            throws IOException, InterruptedException, GeneralSecurityException {
        List<String> options = new ArrayList<>(List.of("-keyalg", key, "-sigalg", signature));
        if (key.equals("RSA")) {
            options.addAll(List.of("-keysize", "2048"));
        }
        TestCertificate made = TestCertificate.make(scratch, options);
        if (hash.isEmpty()) {
            assertThat(ChannelBinding.of(made.certificate())).isEmpty();
            return;
        }
        byte[] expected = MessageDigest.getInstance(hash).digest(made.certificate().getEncoded());
        assertThat(ChannelBinding.of(made.certificate()))
                .contains(new ChannelBinding(Payload.of(expected)));
    }
}
