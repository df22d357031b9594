package org.howdah.embedded;

/** Who may log in over TCP and the unix socket. */
public enum Access {
    /** Everybody on this machine, as anybody: for servers that hold nothing. */
    TRUST("trust"),
    /** Who has the superuser's password, which is made with the server and kept beside its data. */
    PASSWORD("scram-sha-256");

    private final String method;

    Access(String method) {
        this.method = method;
    }

    /** The name in pg_hba.conf. */
    String method() {
        return method;
    }
}
