package org.howdah.proxy;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;
import org.howdah.postgres.Environment;

/**
 * All that decides who comes in, on both sides of the proxy. Any thread.
 *
 * <p>What a client must show is found by the {@link Authenticator} of its loop; whom there is, by
 * {@link Accounts}; how many there may be, by {@link Outsiders} before the login and by the budget
 * of clients behind it. What a server is shown is in {@link Entry}.
 */
final class Admission implements AutoCloseable {

    /** The loops need the other processors. */
    private static final int SLOW_THREADS = 2;

    private final SecureRandom random = new SecureRandom();
    private final Proofs.Secrets secrets = Proofs.Secrets.make(random);
    private final SlowWork slowWork = new SlowWork(SLOW_THREADS);
    private final Outsiders outsiders = new Outsiders();
    private final Budget clientBudget = new Budget(this::databaseClients, this::userClients);
    private final Environment environment;
    private final Accounts accounts;
    private final Entry entry;
    private volatile Optional<TlsSide> clientTls;
    private volatile ProxySettings settings;

    /**
     * @throws SettingsException when a key or a certificate cannot be used
     */
    Admission(ProxySettings settings, Environment environment, Supplier<Pools> pools) {
        this.settings = settings;
        this.environment = environment;
        this.accounts = new Accounts(settings, new AuthQuery(pools));
        this.entry =
                new Entry(
                        new ServerCredentials(accounts, environment),
                        secrets.keys(),
                        slowWork,
                        random);
        this.clientTls = TlsFiles.clients(settings.clientTls());
        entry.tls(TlsFiles.servers(settings.serverTls()));
    }

    /**
     * These hold for logins from now on. Keys and certificates are read anew, whether their names
     * have changed or not; connections that there are keep what they have.
     *
     * @throws SettingsException when one cannot be used; nothing has changed then
     */
    void settings(ProxySettings next) {
        Optional<TlsSide> clients = TlsFiles.clients(next.clientTls());
        entry.tls(TlsFiles.servers(next.serverTls()));
        clientTls = clients;
        settings = next;
        accounts.settings(next);
    }

    private int databaseClients(String name) {
        return settings.database(name)
                .map(DatabaseSettings::overrides)
                .orElse(Overrides.NONE)
                .maxClients()
                .orElse(settings.limits().databaseClients());
    }

    private int userClients(String name) {
        return settings.user(name).maxClients().orElse(settings.limits().userClients());
    }

    /** How many clients there are for each database and each user. */
    Budget clientBudget() {
        return clientBudget;
    }

    /** Who may come in. */
    Accounts accounts() {
        return accounts;
    }

    Proofs.Secrets secrets() {
        return secrets;
    }

    /** How clients are encrypted; empty: not at all. */
    Optional<TlsSide> clientTls() {
        return clientTls;
    }

    /** Clients that are not logged in yet. */
    Outsiders outsiders() {
        return outsiders;
    }

    SlowWork slowWork() {
        return slowWork;
    }

    /** Who runs the proxy. */
    Environment environment() {
        return environment;
    }

    /** How the proxy comes in at servers. */
    Entry entry() {
        return entry;
    }

    @Override
    public void close() {
        slowWork.close();
    }
}
