package org.howdah.proxy;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.howdah.wire.Payload;

/**
 * Keys and certificates in PEM (RFC 7468): certificates, and private keys as PKCS#8, PKCS#1 (RSA)
 * or SEC 1 (elliptic curves), which are put into PKCS#8 for Java to read.
 */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s+([^-]*?)-----END \\1-----");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private Pem() {}

    private record Block(String label, Payload content) {
        byte[] bytes() {
            return content.toByteArray();
        }
    }

    private static List<Block> blocks(String text) throws GeneralSecurityException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(2).contains(":")) {
                throw new GeneralSecurityException("the key is encrypted");
            }
            try {
                byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(2));
                blocks.add(new Block(matcher.group(1), Payload.of(bytes)));
            } catch (IllegalArgumentException broken) {
                throw new GeneralSecurityException("its base64 is broken", broken);
            }
        }
        return blocks;
    }

    /** All certificates in the order of the text; at least one. */
    static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks(text)) {
            if (block.label().equals("CERTIFICATE")
                    || block.label().equals("TRUSTED CERTIFICATE")) {
                certificates.add(
                        (X509Certificate)
                                factory.generateCertificate(
                                        new ByteArrayInputStream(block.bytes())));
            }
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate in it");
        }
        return certificates;
    }

    /** The first private key. */
    static PrivateKey privateKey(String text) throws GeneralSecurityException {
        for (Block block : blocks(text)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return read(block.bytes());
                }
                case "RSA PRIVATE KEY" -> {
                    return read(Der.wrapped(Der.RSA, Der.NULL, block.bytes()));
                }
                case "EC PRIVATE KEY" -> {
                    return read(Der.wrapped(Der.EC, Der.curve(block.bytes()), block.bytes()));
                }
                case "ENCRYPTED PRIVATE KEY" ->
                        throw new GeneralSecurityException("the key is encrypted");
                default -> {
                    // Parameters of a curve, or certificates in the same file.
                }
            }
        }
        throw new GeneralSecurityException("there is no private key in it");
    }

    private static PrivateKey read(byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException another) {
                // The next algorithm.
            }
        }
        throw new GeneralSecurityException("the kind of its key is not known");
    }
}
