package org.howdah.wire;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The functions H, HMAC and Hi of RFC 5802 over SHA-256. Its state is reused: one for a thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-2.2">RFC 5802, section 2.2</a>
 */
public final class ScramHash {

    static final int BYTES = 32;

    private static final int BLOCK_BYTES = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5C;
    private static final byte[] CLIENT_KEY = "Client Key".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SERVER_KEY = "Server Key".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest sha256;
    private final byte[] innerPad = new byte[BLOCK_BYTES];
    private final byte[] outerPad = new byte[BLOCK_BYTES];

    public ScramHash() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256.", impossible);
        }
    }

    byte[] hash(byte[] data) {
        return sha256.digest(data);
    }

    /** Of the parts as if they were one. */
    byte[] hmac(byte[] key, byte[]... parts) {
        pad(key);
        sha256.update(innerPad);
        for (byte[] part : parts) {
            sha256.update(part);
        }
        byte[] inner = sha256.digest();
        sha256.update(outerPad);
        return sha256.digest(inner);
    }

    byte[] clientKey(byte[] saltedPassword) {
        return hmac(saltedPassword, CLIENT_KEY);
    }

    byte[] serverKey(byte[] saltedPassword) {
        return hmac(saltedPassword, SERVER_KEY);
    }

    /** Hi: PBKDF2 with HMAC-SHA-256 and one block; two hashes an iteration. */
    byte[] iterated(byte[] password, byte[] salt, int iterations) {
        byte[] previous = hmac(password, salt, new byte[] {0, 0, 0, 1});
        byte[] result = previous.clone();
        try {
            for (int i = 1; i < iterations; i++) {
                sha256.update(innerPad);
                sha256.update(previous);
                sha256.digest(previous, 0, BYTES);
                sha256.update(outerPad);
                sha256.update(previous);
                sha256.digest(previous, 0, BYTES);
                for (int j = 0; j < BYTES; j++) {
                    result[j] = (byte) (result[j] ^ previous[j]);
                }
            }
        } catch (DigestException impossible) {
            throw new IllegalStateException(impossible);
        }
        return result;
    }

    /** RFC 2104: a key longer than a block is replaced by its hash. */
    private void pad(byte[] key) {
        byte[] shortened = key.length > BLOCK_BYTES ? sha256.digest(key) : key;
        Arrays.fill(innerPad, INNER);
        Arrays.fill(outerPad, OUTER);
        for (int i = 0; i < shortened.length; i++) {
            innerPad[i] = (byte) (shortened[i] ^ INNER);
            outerPad[i] = (byte) (shortened[i] ^ OUTER);
        }
    }

    static byte[] exclusiveOr(byte[] left, byte[] right) {
        byte[] result = new byte[left.length];
        for (int i = 0; i < left.length; i++) {
            result[i] = (byte) (left[i] ^ right[i]);
        }
        return result;
    }
}
