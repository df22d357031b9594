package org.howdah.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.howdah.proxy.TlsSettings.Mode;

/** Makes the settings of TLS. */
final class TlsBuilder {
    private final Values values;
    private final Problems problems;

    private TlsBuilder(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    static TlsSettings client(Values values, Problems problems) {
        TlsSettings tls =
                new TlsSettings(
                        values.get(TlsKeys.CLIENT_TLS_SSLMODE),
                        values.get(TlsKeys.CLIENT_TLS_KEY_FILE),
                        values.get(TlsKeys.CLIENT_TLS_CERT_FILE),
                        values.get(TlsKeys.CLIENT_TLS_CA_FILE),
                        new TlsBuilder(values, problems).protocols(TlsKeys.CLIENT_TLS_PROTOCOLS),
                        new TlsBuilder(values, problems)
                                .ciphers(TlsKeys.CLIENT_TLS_CIPHERS, TlsKeys.CLIENT_TLS13_CIPHERS));
        if (tls.mode() != Mode.DISABLE && (tls.key().isEmpty() || tls.certificate().isEmpty())) {
            problems.error(
                    values.at(TlsKeys.CLIENT_TLS_SSLMODE),
                    "client_tls_sslmode is %s, but the proxy has no certificate"
                            .formatted(SettingWords.SSL_MODE.show().apply(tls.mode())),
                    "Set client_tls_key_file and client_tls_cert_file");
        }
        return tls;
    }

    static TlsSettings server(Values values, Problems problems) {
        TlsSettings tls =
                new TlsSettings(
                        values.get(TlsKeys.SERVER_TLS_SSLMODE),
                        values.get(TlsKeys.SERVER_TLS_KEY_FILE),
                        values.get(TlsKeys.SERVER_TLS_CERT_FILE),
                        values.get(TlsKeys.SERVER_TLS_CA_FILE),
                        new TlsBuilder(values, problems).protocols(TlsKeys.SERVER_TLS_PROTOCOLS),
                        new TlsBuilder(values, problems)
                                .ciphers(TlsKeys.SERVER_TLS_CIPHERS, TlsKeys.SERVER_TLS13_CIPHERS));
        if (tls.key().isPresent() != tls.certificate().isPresent()) {
            problems.error(
                    values.at(
                            tls.key().isPresent()
                                    ? TlsKeys.SERVER_TLS_KEY_FILE
                                    : TlsKeys.SERVER_TLS_CERT_FILE),
                    "server_tls_key_file and server_tls_cert_file belong together",
                    "Set both, or none");
        }
        return tls;
    }

    /** In Java's names; none where Java's own choice is the same. */
    private List<String> protocols(SettingKey<String> key) {
        TreeSet<String> protocols = new TreeSet<>();
        for (String word : values.get(key).toLowerCase(Locale.ROOT).split("[,:\\s]+", -1)) {
            boolean not = word.startsWith("!");
            if (not && protocols.isEmpty()) {
                protocols.addAll(List.of("TLSv1.2", "TLSv1.3"));
            }
            Optional<List<String>> meant = protocol(not ? word.substring(1) : word);
            if (meant.isEmpty()) {
                problems.error(
                        values.at(key),
                        "%s has %s, which is no version of TLS"
                                .formatted(key.name(), Quoted.of(word)),
                        "Choose from tlsv1.2, tlsv1.3; secure stands for both");
            } else if (not) {
                meant.get().forEach(protocols::remove);
            } else {
                protocols.addAll(meant.get());
            }
        }
        boolean old = protocols.removeAll(List.of("TLSv1", "TLSv1.1"));
        if (old && protocols.isEmpty()) {
            problems.error(
                    values.at(key),
                    key.name() + " allows only versions of TLS that are no longer safe",
                    "Add tlsv1.2 or tlsv1.3");
        } else if (old) {
            problems.warning(
                    values.at(key),
                    key.name() + " allows TLS 1.0 or 1.1, which Howdah does not speak",
                    "Set it to secure");
        }
        return List.copyOf(protocols);
    }

    private static Optional<List<String>> protocol(String word) {
        return switch (word) {
            case "all", "legacy" -> Optional.of(List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"));
            case "secure", "default" -> Optional.of(List.of("TLSv1.2", "TLSv1.3"));
            case "tlsv1" -> Optional.of(List.of("TLSv1", "TLSv1.1", "TLSv1.2"));
            case "tlsv1.0" -> Optional.of(List.of("TLSv1"));
            case "tlsv1.1" -> Optional.of(List.of("TLSv1.1"));
            case "tlsv1.2" -> Optional.of(List.of("TLSv1.2"));
            case "tlsv1.3" -> Optional.of(List.of("TLSv1.3"));
            default -> Optional.empty();
        };
    }

    private List<String> ciphers(SettingKey<String> older, SettingKey<String> newer) {
        List<String> twelve = suites(older, CipherNames::twelve);
        List<String> thirteen = suites(newer, CipherNames::thirteen);
        if (twelve.isEmpty() && thirteen.isEmpty()) {
            return List.of();
        }
        return Stream.concat(
                        (thirteen.isEmpty() ? CipherNames.ALL_THIRTEEN : thirteen).stream(),
                        (twelve.isEmpty() ? CipherNames.USUAL_TWELVE : twelve).stream())
                .toList();
    }

    private List<String> suites(SettingKey<String> key, Function<String, List<String>> names) {
        try {
            return names.apply(values.get(key));
        } catch (IllegalArgumentException wrong) {
            problems.error(
                    values.at(key),
                    key.name() + " " + wrong.getMessage(),
                    "Leave it out for Java's own choice, or name suites");
            return List.of();
        }
    }
}
