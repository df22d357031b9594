package org.howdah.proxy;

import static org.howdah.proxy.SettingKey.global;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** TLS on both sides. */
public final class TlsKeys {
    private TlsKeys() {}

    static final SettingKey<String> CLIENT_TLS13_CIPHERS =
            global(
                            "client_tls13_ciphers",
                            SettingType.WORD,
                            "",
                            "Cipher suites for TLS 1.3, by their names.")
                    .keeping();

    static final SettingKey<Optional<Path>> CLIENT_TLS_CA_FILE =
            global(
                    "client_tls_ca_file",
                    SettingType.FILE,
                    "",
                    "Certificates of the authorities that sign the certificates of clients.");

    static final SettingKey<Optional<Path>> CLIENT_TLS_CERT_FILE =
            global(
                    "client_tls_cert_file",
                    SettingType.FILE,
                    "",
                    "Certificate of the proxy towards clients, with its chain.");

    static final SettingKey<String> CLIENT_TLS_CIPHERS =
            global(
                    "client_tls_ciphers",
                    SettingType.WORD,
                    "default",
                    "Cipher suites for TLS 1.2, in names of OpenSSL.");

    static final SettingKey<String> CLIENT_TLS_DHEPARAMS =
            global(
                            "client_tls_dheparams",
                            SettingType.WORD,
                            "auto",
                            "Strength of Diffie-Hellman without curves.")
                    .without("Java's own choice is used: 2048 bits or more");

    static final SettingKey<String> CLIENT_TLS_ECDHCURVE =
            global(
                            "client_tls_ecdhcurve",
                            SettingType.WORD,
                            "auto",
                            "Curve for the exchange of keys.")
                    .without("Java's own choice is used: X25519 first");

    static final SettingKey<Optional<Path>> CLIENT_TLS_KEY_FILE =
            global(
                    "client_tls_key_file",
                    SettingType.FILE,
                    "",
                    "Private key of the certificate, PEM.");

    static final SettingKey<String> CLIENT_TLS_PROTOCOLS =
            global(
                    "client_tls_protocols",
                    SettingType.WORD,
                    "secure",
                    "Versions of TLS: tlsv1.2, tlsv1.3, or secure for both.");

    static final SettingKey<TlsSettings.Mode> CLIENT_TLS_SSLMODE =
            global(
                    "client_tls_sslmode",
                    SettingWords.SSL_MODE,
                    "disable",
                    "Whether connections of clients are encrypted, and whether clients need certificates.");

    static final SettingKey<String> SERVER_TLS13_CIPHERS =
            global(
                            "server_tls13_ciphers",
                            SettingType.WORD,
                            "",
                            "Cipher suites for TLS 1.3, by their names.")
                    .keeping();

    static final SettingKey<Optional<Path>> SERVER_TLS_CA_FILE =
            global(
                    "server_tls_ca_file",
                    SettingType.FILE,
                    "",
                    "Certificates of the authorities that sign the certificates of servers.");

    static final SettingKey<Optional<Path>> SERVER_TLS_CERT_FILE =
            global(
                    "server_tls_cert_file",
                    SettingType.FILE,
                    "",
                    "Certificate of the proxy towards servers, with its chain.");

    static final SettingKey<String> SERVER_TLS_CIPHERS =
            global(
                    "server_tls_ciphers",
                    SettingType.WORD,
                    "default",
                    "Cipher suites for TLS 1.2, in names of OpenSSL.");

    static final SettingKey<Optional<Path>> SERVER_TLS_KEY_FILE =
            global(
                    "server_tls_key_file",
                    SettingType.FILE,
                    "",
                    "Private key of the certificate, PEM.");

    static final SettingKey<String> SERVER_TLS_PROTOCOLS =
            global(
                    "server_tls_protocols",
                    SettingType.WORD,
                    "secure",
                    "Versions of TLS: tlsv1.2, tlsv1.3, or secure for both.");

    static final SettingKey<TlsSettings.Mode> SERVER_TLS_SSLMODE =
            global(
                    "server_tls_sslmode",
                    SettingWords.SSL_MODE,
                    "prefer",
                    "Whether connections to servers are encrypted, and how far certificates are verified; as in libpq.");

    static final List<SettingKey<?>> ALL =
            List.of(
                    CLIENT_TLS13_CIPHERS,
                    CLIENT_TLS_CA_FILE,
                    CLIENT_TLS_CERT_FILE,
                    CLIENT_TLS_CIPHERS,
                    CLIENT_TLS_DHEPARAMS,
                    CLIENT_TLS_ECDHCURVE,
                    CLIENT_TLS_KEY_FILE,
                    CLIENT_TLS_PROTOCOLS,
                    CLIENT_TLS_SSLMODE,
                    SERVER_TLS13_CIPHERS,
                    SERVER_TLS_CA_FILE,
                    SERVER_TLS_CERT_FILE,
                    SERVER_TLS_CIPHERS,
                    SERVER_TLS_KEY_FILE,
                    SERVER_TLS_PROTOCOLS,
                    SERVER_TLS_SSLMODE);
}
