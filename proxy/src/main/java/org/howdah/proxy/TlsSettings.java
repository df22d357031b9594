package org.howdah.proxy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * TLS on one side of the proxy.
 *
 * @param mode as libpq's sslmode
 * @param key our private key, PEM
 * @param certificate our certificate with its chain, PEM
 * @param authorities the certificates that we trust, PEM
 * @param protocols such as TLSv1.3; empty: the platform's
 * @param ciphers cipher suites in the platform's names; empty: the platform's
 */
public record TlsSettings(
        Mode mode,
        Optional<Path> key,
        Optional<Path> certificate,
        Optional<Path> authorities,
        List<String> protocols,
        List<String> ciphers) {

    public TlsSettings {
        protocols = List.copyOf(protocols);
        ciphers = List.copyOf(ciphers);
    }

    /** What is demanded of the peer. */
    public enum Mode {
        DISABLE,
        ALLOW,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL
    }

    public static final TlsSettings OFF =
            new TlsSettings(
                    Mode.DISABLE,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of());
}
