package org.howdah.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cipher suites in OpenSSL's names, as Java calls them. Source:
 * https://docs.openssl.org/master/man1/openssl-ciphers/#cipher-suite-names
 *
 * <p>OpenSSL's lists also have words for classes of suites ({@code HIGH}) and exclusions ({@code
 * !aNULL}). Those that only forbid what Java does not offer anyway are understood; others are
 * refused, since to drop them in silence could allow what somebody forbade.
 */
final class CipherNames {
    static final List<String> ALL_THIRTEEN =
            List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_CHACHA20_POLY1305_SHA256");

    /** With forward secrecy and authenticated encryption. */
    static final List<String> USUAL_TWELVE =
            List.of(
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    /** What Java chooses from anyway, or leaves out anyway. */
    private static final Set<String> AS_JAVA =
            Set.of(
                    "default",
                    "secure",
                    "fast",
                    "normal",
                    "all",
                    "high",
                    "medium",
                    "+3des",
                    "@strength",
                    "!anull",
                    "!enull",
                    "!null",
                    "!export",
                    "!exp",
                    "!low",
                    "!des",
                    "!3des",
                    "!rc4",
                    "!md5",
                    "!psk",
                    "!srp",
                    "!sslv2",
                    "!sslv3",
                    "!idea",
                    "!seed",
                    "!adh",
                    "!aecdh");

    private static final Pattern SUITE =
            Pattern.compile("(ECDHE|DHE)-(RSA|ECDSA)-(AES128|AES256|CHACHA20)-(.+)");

    /** To allow fewer than somebody allowed is safe. */
    private static final Pattern WITHOUT_FORWARD_SECRECY =
            Pattern.compile("AES(128|256)-(GCM-SHA256|GCM-SHA384|SHA|SHA256)");

    private CipherNames() {}

    /**
     * Suites for TLS 1.2; none where Java's own choice serves.
     *
     * @throws IllegalArgumentException whose message continues the key's name
     */
    static List<String> twelve(String text) {
        List<String> suites = new ArrayList<>();
        boolean leftOut = false;
        for (String word : text.strip().split("[:,\\s]+", -1)) {
            if (WITHOUT_FORWARD_SECRECY.matcher(word).matches()) {
                leftOut = true;
            } else if (!word.isEmpty() && !AS_JAVA.contains(word.toLowerCase(Locale.ROOT))) {
                suites.add(suite(word));
            }
        }
        if (leftOut && suites.isEmpty()) {
            throw new IllegalArgumentException(
                    "names only suites without forward secrecy, which Java does not offer");
        }
        return suites;
    }

    private static String suite(String word) {
        if (word.startsWith("TLS_") && word.contains("_WITH_")) {
            return word;
        }
        Matcher matcher = SUITE.matcher(word);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "has %s, which Java has no suite for".formatted(Quoted.of(word)));
        }
        String exchange = matcher.group(1) + "_" + matcher.group(2);
        String cipher =
                switch (matcher.group(3)) {
                    case "AES128" -> "AES_128";
                    case "AES256" -> "AES_256";
                    default -> "CHACHA20";
                };
        String rest = matcher.group(4).replace('-', '_');
        return switch (rest) {
            case "GCM_SHA256", "GCM_SHA384" -> "TLS_" + exchange + "_WITH_" + cipher + "_" + rest;
            case "SHA", "SHA256", "SHA384" ->
                    "TLS_" + exchange + "_WITH_" + cipher + "_CBC_" + rest;
            case "POLY1305" -> "TLS_" + exchange + "_WITH_CHACHA20_POLY1305_SHA256";
            default ->
                    throw new IllegalArgumentException(
                            "has %s, which Java has no suite for".formatted(Quoted.of(word)));
        };
    }

    /**
     * Suites for TLS 1.3; none where Java's own choice serves.
     *
     * @throws IllegalArgumentException whose message continues the key's name
     */
    static List<String> thirteen(String text) {
        List<String> suites = new ArrayList<>();
        for (String word : text.strip().split("[:,\\s]+", -1)) {
            if (ALL_THIRTEEN.contains(word)) {
                suites.add(word);
            } else if (!word.isEmpty()
                    && !word.equals("<empty>")
                    && !word.startsWith("TLS_AES_128_CCM")) {
                throw new IllegalArgumentException(
                        "has %s, which is none of the TLS_ suites of TLS 1.3"
                                .formatted(Quoted.of(word)));
            }
        }
        return suites;
    }
}
