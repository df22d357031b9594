package org.howdah.proxy;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.howdah.wire.Payload;
import org.howdah.wire.ScramSalting;
import org.howdah.wire.StoredPassword;

/**
 * The users' file, parsed once for all logins, and what its secrets mostly look like: a user that
 * does not exist is asked in the same way.
 *
 * @param usual the form of most secrets; empty when there is none
 * @param iterations of the verifiers in it; those of the settings when there is none
 */
record UsersFile(Map<String, Account> accounts, Optional<Form> usual, int iterations) {

    /** How a secret is kept. */
    enum Form {
        PLAIN,
        MD5,
        SCRAM;

        static Form of(StoredPassword stored) {
            return switch (stored) {
                case StoredPassword.Plain(Payload _) -> PLAIN;
                case StoredPassword.Md5 _ -> MD5;
                case StoredPassword.Scram _ -> SCRAM;
            };
        }
    }

    UsersFile {
        accounts = Map.copyOf(accounts);
    }

    static UsersFile of(LoginSettings login) {
        Map<String, Account> accounts = new HashMap<>();
        Map<Form, Integer> counts = new EnumMap<>(Form.class);
        int iterations = 0;
        for (Map.Entry<String, Secret> entry : login.secrets().entrySet()) {
            Account account = Account.of(entry.getKey(), entry.getValue().value());
            accounts.put(entry.getKey(), account);
            if (account.password().isPresent()) {
                StoredPassword stored = account.password().get();
                counts.merge(Form.of(stored), 1, Integer::sum);
                if (stored instanceof StoredPassword.Scram(var verifier)) {
                    iterations = verifier.salting().iterations();
                }
            }
        }
        if (iterations == 0) {
            iterations =
                    login.scramIterations() > 0
                            ? login.scramIterations()
                            : ScramSalting.DEFAULT_ITERATIONS;
        }
        return new UsersFile(accounts, most(counts), iterations);
    }

    private static Optional<Form> most(Map<Form, Integer> counts) {
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }
}
