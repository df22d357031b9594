package org.howdah.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What BackendKeyData gives a client and CancelRequest gives back: the process number of the server
 * and a secret, 4 bytes up to protocol 3.0, 4 to 256 bytes from 3.2 on. Never printed.
 */
public final class CancelKey {

    public static final int LEAST_SECRET_BYTES = 4;
    public static final int MOST_SECRET_BYTES = 256;

    private final int processId;
    private final byte[] secret;

    private CancelKey(int processId, byte[] secret) {
        this.processId = processId;
        this.secret = secret;
    }

    /**
     * @throws IllegalArgumentException unless the secret has 4 to 256 bytes
     */
    public static CancelKey of(int processId, byte[] secret) {
        if (secret.length < LEAST_SECRET_BYTES || secret.length > MOST_SECRET_BYTES) {
            throw new IllegalArgumentException("A secret of " + secret.length + " bytes.");
        }
        return new CancelKey(processId, secret.clone());
    }

    static CancelKey readFrom(FieldReader reader) {
        int processId = reader.int32();
        int length = reader.remaining();
        if (length < LEAST_SECRET_BYTES || length > MOST_SECRET_BYTES) {
            throw reader.violation("a secret of " + length + " bytes");
        }
        return new CancelKey(processId, reader.rest());
    }

    void writeTo(MessageWriter out) {
        out.int32(processId).bytes(secret);
    }

    public int processId() {
        return processId;
    }

    /** A copy. */
    public byte[] secret() {
        return secret.clone();
    }

    public int secretBytes() {
        return secret.length;
    }

    /** The secret as a number, for tables of keys that are all 4 bytes long. */
    public int shortSecret() {
        return ByteBuffer.wrap(secret).getInt();
    }

    /** Takes the same time wherever two secrets of the same length differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CancelKey key
                && processId == key.processId
                && MessageDigest.isEqual(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return 31 * processId + Arrays.hashCode(secret);
    }

    @Override
    public String toString() {
        return "CancelKey[" + processId + "]";
    }
}
