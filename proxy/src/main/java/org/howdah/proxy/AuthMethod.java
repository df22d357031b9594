package org.howdah.proxy;

/** How a client proves who it is. */
public enum AuthMethod {
    /** Not at all, but the user must be known. */
    TRUST,
    /** Not at all, and everybody enters the server as the database's own user. */
    ANY,
    /** Refused. */
    REJECT,
    /** The password in clear. */
    PASSWORD,
    /** MD5, or SCRAM when the stored secret is a SCRAM verifier. */
    MD5,
    SCRAM_SHA_256,
    /** A TLS certificate whose common name is the user's name. */
    CERTIFICATE,
    /** The user of the operating system at the other end of a unix socket. */
    PEER,
    /** By the rules of an HBA file. */
    HBA
}
