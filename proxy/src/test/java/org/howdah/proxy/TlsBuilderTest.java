package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS as PgBouncer's keys say it, in Java's words. */
class TlsBuilderTest {
    private final Problems problems = new Problems();

    private TlsSettings server(String... pairs) {
        Map<String, RawValue> raw = new LinkedHashMap<>();
        Position at = new Position("test", 1);
        for (int i = 0; i < pairs.length; i += 2) {
            raw.put(pairs[i], new RawValue(pairs[i + 1], at));
        }
        return TlsBuilder.server(
                new Values(SettingKey.Scope.GLOBAL, raw, "", at, problems), problems);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    secure            | TLSv1.2,TLSv1.3 | 0
                    tlsv1.3           | TLSv1.3         | 0
                    TLSv1.2, tlsv1.3  | TLSv1.2,TLSv1.3 | 0
                    all,!tlsv1.3      | TLSv1.2         | 1
                    !tlsv1.2          | TLSv1.3         | 0
                    all               | TLSv1.2,TLSv1.3 | 1
                    tlsv1             | TLSv1.2         | 1
                    """)
    void protocols(String text, String expected, int warnings) {
        assertThat(server("server_tls_protocols", text).protocols())
                .isEqualTo(List.of(expected.split(",")));
        assertThat(problems.all()).hasSize(warnings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ECDHE-RSA-AES128-GCM-SHA256   | TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
                    ECDHE-ECDSA-CHACHA20-POLY1305 | TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
                    DHE-RSA-AES256-SHA256         | TLS_DHE_RSA_WITH_AES_256_CBC_SHA256
                    ECDHE-RSA-AES256-SHA384       | TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384
                    TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 | TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
                    """)
    void suitesOfOpenSsl(String theirs, String javas) throws GeneralSecurityException {
        assertThat(CipherNames.twelve("HIGH:" + theirs + ":!aNULL")).containsExactly(javas);
        assertThat(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites())
                .contains(javas);
    }

    @Test
    void suitesThatJavaHasNotAreLeftOutUnlessThereIsNoOther() {
        assertThat(CipherNames.twelve("ECDHE-RSA-AES128-GCM-SHA256:AES256-SHA")).hasSize(1);
        server("server_tls_ciphers", "AES256-SHA:HIGH");
        assertThat(problems.all())
                .singleElement()
                .asString()
                .contains("server_tls_ciphers names only suites without forward secrecy");
    }

    @Test
    void suitesForOneVersionLeaveThoseOfTheOther() {
        assertThat(server().ciphers()).isEmpty();
        assertThat(server("server_tls_ciphers", "HIGH:!aNULL").ciphers()).isEmpty();
        assertThat(server("server_tls13_ciphers", "TLS_AES_256_GCM_SHA384").ciphers())
                .contains("TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
                .doesNotContain("TLS_AES_128_GCM_SHA256");
        assertThat(server("server_tls_ciphers", "ECDHE-RSA-AES128-GCM-SHA256").ciphers())
                .contains("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
                .hasSize(4);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void allNamesAreJavas() throws GeneralSecurityException {
        assertThat(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites())
                .containsAll(CipherNames.ALL_THIRTEEN)
                .containsAll(CipherNames.USUAL_TWELVE);
    }
}
