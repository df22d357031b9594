package org.howdah.wire;

/**
 * What a client needs to log in, in place of the password: good for one salting only, and as secret
 * as the password for the servers that use it.
 */
public record ScramKeys(Payload clientKey, Payload serverKey) {

    public ScramKeys {
        if (clientKey.size() != ScramHash.BYTES || serverKey.size() != ScramHash.BYTES) {
            throw new IllegalArgumentException("Keys have " + ScramHash.BYTES + " bytes.");
        }
    }

    /**
     * Derives them; 4096 iterations take about a millisecond.
     *
     * @param password in the bytes that were given; it is prepared here
     */
    public static ScramKeys derive(ScramHash hash, byte[] password, ScramSalting salting) {
        byte[] salted =
                hash.iterated(
                        SaslPrep.prepare(password), salting.salt().array(), salting.iterations());
        return new ScramKeys(
                new Payload(hash.clientKey(salted)), new Payload(hash.serverKey(salted)));
    }
}
