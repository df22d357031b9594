package org.howdah.proxy;

import java.util.List;
import java.util.function.Consumer;

/**
 * A client's first visit to a server, on which its startup settings are tried before it is let in:
 * a server says whether they are right and how it writes them.
 */
final class FirstVisit {

    private final StartupSettings wanted;
    private final Welcome welcome;
    private final Consumer<Entrance> then;

    /**
     * @param then greets the client when the server has taken the settings
     */
    FirstVisit(StartupSettings wanted, Welcome welcome, Consumer<Entrance> then) {
        this.wanted = wanted;
        this.welcome = welcome;
        this.then = then;
    }

    /** Tries the settings; the client is refused if they are wrong. */
    void begin(Client client, Server server) {
        Pool pool = client.pool();
        wanted.values().keySet().forEach(pool.sessions().functions().customSettings()::note);
        SessionSettings raw = pool.sessions().share().shared(SessionSettings.of(wanted.values()));
        String question =
                Examination.sql(
                        Effects.SETTINGS, pool.terms().loginUser(pool.key().user()), List.of());
        server.session()
                .adapt(
                        raw,
                        question,
                        answer -> {
                            if (answer.failure().isPresent()) {
                                client.refuse(Refusal.of(answer.failure().get()));
                                return;
                            }
                            Entrance entrance =
                                    pool.sessions()
                                            .entrances()
                                            .confirmed(
                                                    wanted,
                                                    welcome,
                                                    Examination.values(answer.rows()));
                            server.session().settings(entrance.base());
                            then.accept(entrance);
                            client.entered();
                        });
    }
}
