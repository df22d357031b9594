package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/** As much of DER (X.690) as it takes to put an older form of a private key into PKCS#8. */
final class Der {

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int CURVE = 0xA0;

    /** rsaEncryption, 1.2.840.113549.1.1.1. */
    static final byte[] RSA = {
        0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01
    };

    /** ecPublicKey, 1.2.840.10045.2.1. */
    static final byte[] EC = {0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01};

    static final byte[] NULL = {0x05, 0x00};

    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private Der() {}

    /** PKCS#8 around a key: version, algorithm with parameters, key. */
    static byte[] wrapped(byte[] algorithm, byte[] parameters, byte[] key) {
        return element(
                SEQUENCE,
                joined(
                        VERSION_0,
                        element(SEQUENCE, joined(algorithm, parameters)),
                        element(OCTETS, key)));
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static byte[] element(int tag, byte[] content) {
        byte[] length;
        if (content.length < 0x80) {
            length = new byte[] {(byte) content.length};
        } else if (content.length < 0x100) {
            length = new byte[] {(byte) 0x81, (byte) content.length};
        } else {
            length = new byte[] {(byte) 0x82, (byte) (content.length >>> 8), (byte) content.length};
        }
        return joined(new byte[] {(byte) tag}, length, content);
    }

    /** The curve's identifier in a key of SEC 1: ECPrivateKey, element [0]. */
    static byte[] curve(byte[] key) throws GeneralSecurityException {
        try {
            ByteBuffer in = ByteBuffer.wrap(key);
            expect(in, SEQUENCE);
            while (in.hasRemaining()) {
                int tag = in.get() & 0xFF;
                int length = length(in);
                if (tag == CURVE) {
                    byte[] curve = new byte[length];
                    in.get(curve);
                    return curve;
                }
                in.position(in.position() + length);
            }
        } catch (java.nio.BufferUnderflowException | IllegalArgumentException cut) {
            throw new GeneralSecurityException("its key is cut off", cut);
        }
        throw new GeneralSecurityException("its key does not name its curve");
    }

    private static void expect(ByteBuffer in, int tag) throws GeneralSecurityException {
        if ((in.get() & 0xFF) != tag) {
            throw new GeneralSecurityException("its key is malformed");
        }
        int ignored = length(in);
        if (ignored < 0) {
            throw new GeneralSecurityException("its key is malformed");
        }
    }

    private static int length(ByteBuffer in) {
        int first = in.get() & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = length << 8 | (in.get() & 0xFF);
        }
        return length;
    }
}
