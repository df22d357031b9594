package org.howdah.proxy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes parts of settings in tests. */
final class Changed {

    private Changed() {}

    static UnaryOperator<ProxySettings> login(UnaryOperator<LoginSettings> change) {
        return all ->
                with(
                        all,
                        change.apply(all.login()),
                        all.clientTls(),
                        all.serverTls(),
                        all.databases(),
                        all.limits());
    }

    static UnaryOperator<ProxySettings> limits(Limits limits) {
        return all ->
                with(all, all.login(), all.clientTls(), all.serverTls(), all.databases(), limits);
    }

    static UnaryOperator<ProxySettings> clientTls(TlsSettings tls) {
        return all -> with(all, all.login(), tls, all.serverTls(), all.databases(), all.limits());
    }

    static UnaryOperator<ProxySettings> serverTls(TlsSettings tls) {
        return all -> with(all, all.login(), all.clientTls(), tls, all.databases(), all.limits());
    }

    /** The one database's servers. */
    static UnaryOperator<ProxySettings> backend(UnaryOperator<Backend> change) {
        return all -> {
            Map<String, DatabaseSettings> databases = new HashMap<>(all.databases());
            databases.computeIfPresent(
                    TestSettings.DATABASE,
                    (_, old) ->
                            new DatabaseSettings(
                                    old.name(),
                                    change.apply(old.backend()),
                                    old.overrides(),
                                    old.authUser(),
                                    old.authQuery(),
                                    old.authDatabase(),
                                    old.autoPrepare()));
            return with(
                    all, all.login(), all.clientTls(), all.serverTls(), databases, all.limits());
        };
    }

    static UnaryOperator<ProxySettings> listen(UnaryOperator<ListenSettings> change) {
        return all ->
                new ProxySettings(
                        change.apply(all.listen()),
                        all.login(),
                        all.clientTls(),
                        all.serverTls(),
                        all.databases(),
                        all.anyDatabase(),
                        all.users(),
                        all.limits(),
                        all.pool(),
                        all.timeouts(),
                        all.state(),
                        all.log(),
                        all.process());
    }

    private static ProxySettings with(
            ProxySettings all,
            LoginSettings login,
            TlsSettings clientTls,
            TlsSettings serverTls,
            Map<String, DatabaseSettings> databases,
            Limits limits) {
        return new ProxySettings(
                all.listen(),
                login,
                clientTls,
                serverTls,
                databases,
                all.anyDatabase(),
                all.users(),
                limits,
                all.pool(),
                all.timeouts(),
                all.state(),
                all.log(),
                all.process());
    }

    /** The method and the users' file: a name, a secret, and so on. */
    static UnaryOperator<ProxySettings> users(AuthMethod method, String... namesAndSecrets) {
        Map<String, Secret> secrets = new HashMap<>();
        for (int i = 0; i < namesAndSecrets.length; i += 2) {
            secrets.put(namesAndSecrets[i], new Secret(namesAndSecrets[i + 1]));
        }
        return login(old ->
                new LoginSettings(
                        method,
                        old.rules(),
                        secrets,
                        old.authUser(),
                        old.authQuery(),
                        old.authDatabase(),
                        old.admins(),
                        old.watchers(),
                        old.scramIterations()));
    }

    static UnaryOperator<ProxySettings> rules(List<HbaRule> rules) {
        return login(old ->
                new LoginSettings(
                        AuthMethod.HBA,
                        rules,
                        old.secrets(),
                        old.authUser(),
                        old.authQuery(),
                        old.authDatabase(),
                        old.admins(),
                        old.watchers(),
                        old.scramIterations()));
    }

    static UnaryOperator<ProxySettings> authQuery(String user, String query) {
        return login(old ->
                new LoginSettings(
                        old.method(),
                        old.rules(),
                        old.secrets(),
                        Optional.of(user),
                        query,
                        old.authDatabase(),
                        old.admins(),
                        old.watchers(),
                        old.scramIterations()));
    }
}
