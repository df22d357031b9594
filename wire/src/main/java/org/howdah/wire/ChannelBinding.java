package org.howdah.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code tls-server-end-point}: the hash of the server's certificate, which both sides of a TLS
 * connection know and somebody in the middle cannot have.
 *
 * @param certificateHash with the hash function of the certificate's own signature
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5929#section-4.1">RFC 5929, section 4.1</a>
 */
public record ChannelBinding(Payload certificateHash) {

    static final String TYPE = "tls-server-end-point";

    /** Empty where the certificate's signature names no hash function, as Ed25519's does not. */
    public static Optional<ChannelBinding> of(X509Certificate certificate) {
        Optional<String> algorithm = hashAlgorithm(certificate);
        if (algorithm.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance(algorithm.get()).digest(certificate.getEncoded());
            return Optional.of(new ChannelBinding(new Payload(hash)));
        } catch (NoSuchAlgorithmException | CertificateEncodingException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<String> hashAlgorithm(X509Certificate certificate) {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (signature.equals("RSASSA-PSS")) {
            return pssHash(certificate).map(ChannelBinding::atLeastSha256);
        }
        int with = signature.indexOf("WITH");
        return with < 0
                ? Optional.empty()
                : Optional.of(atLeastSha256(signature.substring(0, with)));
    }

    private static Optional<String> pssHash(X509Certificate certificate) {
        byte[] encoded = certificate.getSigAlgParams();
        if (encoded == null) {
            return Optional.empty();
        }
        try {
            var parameters = java.security.AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(encoded);
            AlgorithmParameterSpec specification =
                    parameters.getParameterSpec(PSSParameterSpec.class);
            return specification instanceof PSSParameterSpec pss
                    ? Optional.of(pss.getDigestAlgorithm())
                    : Optional.empty();
        } catch (NoSuchAlgorithmException
                | java.io.IOException
                | InvalidParameterSpecException unknown) {
            return Optional.empty();
        }
    }

    /** The RFC replaces the broken ones; Java writes SHA256 in signatures, SHA-256 elsewhere. */
    private static String atLeastSha256(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "MD5", "SHA1", "SHA-1" -> "SHA-256";
            case "SHA224" -> "SHA-224";
            case "SHA256" -> "SHA-256";
            case "SHA384" -> "SHA-384";
            case "SHA512" -> "SHA-512";
            default -> name;
        };
    }
}
