package org.howdah.proxy;

import java.security.SecureRandom;
import java.util.Optional;
import org.howdah.wire.ChannelBinding;
import org.howdah.wire.Credentials;
import org.howdah.wire.Md5Password;
import org.howdah.wire.Payload;
import org.howdah.wire.ScramHash;
import org.howdah.wire.ScramKeyCache;
import org.howdah.wire.ScramServer;
import org.howdah.wire.ScramVerifier;
import org.howdah.wire.StoredPassword;

/**
 * Makes the proof that a method demands of a user. Who is not known gets the proof that most others
 * get, with the same salt each time, and fails at its end. One for each loop.
 */
final class Proofs {

    private final Secrets secrets;
    private final ScramHash hash = new ScramHash();
    private final SecureRandom random = new SecureRandom();
    private ScramServer scram;
    private int iterations;

    Proofs(Secrets secrets, int iterations) {
        this.secrets = secrets;
        this.iterations = iterations;
        this.scram = new ScramServer(hash, random, secrets.salts(), iterations);
    }

    /**
     * What all loops share.
     *
     * @param salts random bytes from which the salts of names follow
     * @param keys keys that were derived from passwords
     * @param strangers the same for users who do not exist, so that they push nobody else out
     */
    record Secrets(Payload salts, ScramKeyCache keys, ScramKeyCache strangers) {

        static Secrets make(SecureRandom random) {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            return new Secrets(
                    Payload.of(bytes), new ScramKeyCache(10_000), new ScramKeyCache(1_000));
        }
    }

    /** Verifiers that are made here have so many iterations from now on. */
    void iterations(int count) {
        if (count != iterations) {
            iterations = count;
            scram = new ScramServer(hash, random, secrets.salts(), count);
        }
    }

    /**
     * Derives what the proof will need, if that takes long: a verifier from a plain secret. Where
     * most secrets are plain it is done for users who do not exist as well, or else the first login
     * of each name would tell. Any thread.
     *
     * @return empty when there is nothing to derive
     */
    Optional<Runnable> preparation(
            AuthMethod method, String user, Optional<Account> account, UsersFile.Form usual) {
        if (method != AuthMethod.SCRAM_SHA_256) {
            return Optional.empty();
        }
        Optional<StoredPassword> stored = account.flatMap(Account::password);
        if (stored.isEmpty() && usual == UsersFile.Form.PLAIN) {
            return Optional.of(derivation(user, secrets.salts(), secrets.strangers()));
        }
        return stored.isPresent() && stored.get() instanceof StoredPassword.Plain(var plain)
                ? Optional.of(derivation(user, plain, secrets.keys()))
                : Optional.empty();
    }

    private Runnable derivation(String user, Payload password, ScramKeyCache cache) {
        int count = iterations;
        return () -> {
            ScramServer own = new ScramServer(new ScramHash(), random, secrets.salts(), count);
            ScramVerifier derived = own.verifierOf(user, password, cache);
            assert derived.salting().iterations() == count;
        };
    }

    /**
     * The proof.
     *
     * @param method one with a password
     * @param account empty: there is no such user
     * @param usual how the secrets of others are kept
     */
    Proof proof(
            AuthMethod method,
            String user,
            Optional<Account> account,
            UsersFile.Form usual,
            Optional<ChannelBinding> binding) {
        Optional<StoredPassword> stored = account.flatMap(Account::password);
        UsersFile.Form form = stored.map(UsersFile.Form::of).orElse(usual);
        boolean bySalt = method == AuthMethod.SCRAM_SHA_256 || form == UsersFile.Form.SCRAM;
        if (method == AuthMethod.PASSWORD) {
            return new PasswordProof(user, stored, nobody(usual, user));
        }
        return bySalt ? scram(user, stored, binding) : md5(user, stored);
    }

    private Proof scram(
            String user, Optional<StoredPassword> stored, Optional<ChannelBinding> binding) {
        Optional<ScramVerifier> verifier =
                stored.flatMap(known -> known.scram(user, scram, secrets.keys()));
        if (verifier.isEmpty()) {
            return new ScramProof(user, scram.beginUnknown(user, binding), _ -> Credentials.none());
        }
        ScramVerifier known = verifier.get();
        boolean plain = stored.get() instanceof StoredPassword.Plain;
        Credentials own = new Account(user, stored).credentials();
        return new ScramProof(
                user,
                scram.begin(known, binding),
                keys -> plain ? own : new Credentials.Scram(keys, known.salting()));
    }

    private Proof md5(String user, Optional<StoredPassword> stored) {
        Optional<Md5Password> known = stored.flatMap(password -> password.md5(user));
        return new Md5Proof(
                user,
                known.orElseGet(() -> Md5Password.of(user, secrets.salts())),
                new Account(user, stored).credentials(),
                known.isEmpty(),
                random.nextInt());
    }

    private StoredPassword nobody(UsersFile.Form usual, String user) {
        return switch (usual) {
            case PLAIN -> new StoredPassword.Plain(secrets.salts());
            case MD5 -> new StoredPassword.Md5(Md5Password.of(user, secrets.salts()));
            case SCRAM ->
                    new StoredPassword.Scram(
                            new ScramVerifier(
                                    scram.saltingOf(user), secrets.salts(), secrets.salts()));
        };
    }
}
