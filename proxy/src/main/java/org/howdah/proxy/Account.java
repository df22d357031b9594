package org.howdah.proxy;

import java.util.Optional;
import org.howdah.wire.Credentials;
import org.howdah.wire.Md5Password;
import org.howdah.wire.Payload;
import org.howdah.wire.ScramVerifier;
import org.howdah.wire.StoredPassword;

/**
 * A user that may come in.
 *
 * @param password empty: none, so that only methods without a password let the user in
 */
record Account(String user, Optional<StoredPassword> password) {

    /** As a file or a table has it; an empty secret is none. */
    static Account of(String user, String secret) {
        return new Account(
                user,
                secret.isEmpty() ? Optional.empty() : Optional.of(StoredPassword.parse(secret)));
    }

    /** What can be shown to a server for this user without the client's help. */
    Credentials credentials() {
        return password.map(Account::credentials).orElse(Credentials.none());
    }

    private static Credentials credentials(StoredPassword stored) {
        return switch (stored) {
            case StoredPassword.Plain(Payload plain) -> new Credentials.Password(plain);
            case StoredPassword.Md5(Md5Password hash) -> new Credentials.Md5(hash);
            case StoredPassword.Scram(ScramVerifier _) -> Credentials.none();
        };
    }
}
