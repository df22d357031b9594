package org.howdah.proxy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.howdah.wire.ParameterStatus;
import org.jspecify.annotations.Nullable;

/**
 * The session of a server connection as far as it outlives transactions: what is set there, and
 * which doubts the statements of its client have raised since the server was last asked. Loop
 * thread only.
 */
final class ServerSession {

    private final Server server;
    private SessionSettings settings = SessionSettings.NONE;
    private int doubts;
    private @Nullable SettingChange change;

    /** Statements that may have changed something, since the doubts began. */
    private int changes;

    /** An error or an open transaction was seen since then: what was changed may be undone. */
    private boolean shaken;

    private @Nullable Inquiry inquiry;

    /** Nothing of the client's may be sent before something of ours is done. */
    private boolean holding;

    private @Nullable Runnable canceled;

    ServerSession(Server server) {
        this.server = server;
    }

    SessionSettings settings() {
        return settings;
    }

    /** It was reset, or nobody knows what is set there. */
    void settings(SessionSettings now) {
        settings = now;
        forgetDoubts();
    }

    /** What must be done here before anybody else may have the connection. */
    Afterwards afterwards() {
        if ((doubts & (Effects.LASTING | Effects.SLOTS)) != 0) {
            return Afterwards.RETIRE;
        }
        boolean doubtful =
                inquiry != null
                        || settings.are(SessionSettings.UNKNOWN)
                        || (doubts & (Effects.ANY | Effects.UNSEEN)) != 0;
        return doubtful ? Afterwards.DISCARD : Afterwards.RELEASE;
    }

    /** A statement with these effects is about to be sent. */
    void note(int effects, Optional<SettingChange> plain) {
        doubts |= effects;
        if ((effects & ~Effects.CONTROL) != 0) {
            changes++;
            change = plain.orElse(null);
        }
    }

    /** An error has come, or a transaction is open. */
    void shake() {
        shaken = true;
    }

    /** A query of ours has been sent whose answer is awaited. */
    boolean inquiring() {
        return inquiry != null;
    }

    /**
     * Nothing of the client's may be sent yet: the session is being made its own, or functions that
     * it has defined are looked at.
     */
    boolean holding() {
        return holding;
    }

    @Nullable Inquiry inquiry() {
        return inquiry;
    }

    /** What the client wants to be canceled comes after our own query. */
    void cancelLater(Runnable done) {
        Runnable former = canceled;
        if (former != null) {
            former.run();
        }
        canceled = done;
    }

    /** Everything is answered and no transaction is open: false if the server is asked first. */
    boolean settled(Client client) {
        int open = doubts;
        if (open == Effects.NONE && !Pins.asksAgain(client)) {
            shaken = false;
            return true;
        }
        if ((open & Effects.CLOSES) != 0 && (client.pins() & Pin.HELD_CURSOR.bit()) != 0) {
            open |= Effects.CURSORS;
        }
        if (Pins.asksAgain(client)) {
            open |= Effects.ANY;
        }
        Pins.add(client, Pin.ofEffects(open & (Effects.LASTING | Effects.UNSEEN)));
        if (follows(client, open)) {
            open &= ~Effects.SETTINGS;
        }
        forgetDoubts();
        boolean defines = (open & Effects.DEFINES) != 0;
        boolean resets = (open & Effects.RESETS) != 0 && !client.base().are(SessionSettings.NONE);
        holding = defines || resets;
        if ((open & Effects.ANY) != 0) {
            doubts = open & Effects.DEFINES;
            ask(client, open & (Effects.ANY | Effects.RESETS));
            return false;
        }
        if (defines) {
            learn(() -> {
                goOnFreely(client);
            });
            return false;
        }
        holding = false;
        return true;
    }

    private void forgetDoubts() {
        doubts = Effects.NONE;
        changes = 0;
        change = null;
        shaken = false;
    }

    /** The server has reset settings of a client that has it to itself. */
    void takenBack() {
        Client client = server.client();
        if (client != null
                && !server.pool().terms().followsSessions()
                && !client.base().are(SessionSettings.NONE)) {
            doubts |= Effects.SETTINGS | Effects.RESETS;
        }
    }

    /** What the client began with holds again after it has reset its settings. */
    void restore(Client client) {
        if (settled(client) && !settings.are(client.settings())) {
            adapt(client);
        }
    }

    /** A single plain SET that nothing can have undone needs no question. */
    private boolean follows(Client client, int open) {
        SettingChange plain = change;
        if (plain == null
                || changes != 1
                || shaken
                || (open & (Effects.ANY | Effects.CONTROL)) != Effects.SETTINGS) {
            return false;
        }
        SettingsShare share = server.pool().sessions().share();
        SessionSettings now = settings.after(plain, SessionSettings.NONE);
        SessionSettings clients = client.settings().after(plain, client.base());
        settings = share.shared(now);
        client.settings(share.shared(clients));
        if (plain.sql().isEmpty() && !client.base().are(SessionSettings.NONE)) {
            client.session().tellsSettings(true);
        }
        return true;
    }

    private void ask(Client client, int asked) {
        Pool pool = server.pool();
        pool.counters().examined();
        Set<String> customs = names(pool, client);
        inquire(
                Examination.sql(asked, pool.terms().loginUser(pool.key().user()), customs),
                answer -> examined(client, asked, answer));
    }

    /** Of the settings that the server does not list by itself. */
    private static Set<String> names(Pool pool, Client client) {
        Set<String> names = new HashSet<>(pool.sessions().functions().customSettings().names());
        for (String name : client.base().names()) {
            if (name.indexOf('.') >= 0) {
                names.add(name);
            }
        }
        return names;
    }

    private void examined(Client client, int asked, Inquiry answer) {
        if (answer.failure().isPresent()) {
            Pins.add(client, Pin.UNSEEN.bit());
            client.session().asksAgain(true);
        } else {
            if ((asked & Effects.SETTINGS) != 0) {
                var found = SessionSettings.of(Examination.values(answer.rows()));
                take(client, found, (asked & Effects.RESETS) != 0);
            }
            int known = Pins.asksAgain(client) ? Pin.UNSEEN.bit() : 0;
            Pins.found(client, Pin.ofEffects(asked) | known, Examination.pins(answer.rows()));
            if (known != 0) {
                client.session().asksAgain(false);
            }
        }
        goOnFreely(client);
    }

    /** What the client has sent meanwhile may be sent on, if there is nothing else to wait for. */
    private void goOnFreely(Client client) {
        boolean held = holding;
        holding = false;
        goOn(client);
        if (held) {
            client.channel().redeliver();
        }
    }

    /**
     * @param reset whether what is not found any more may have been reset
     */
    private void take(Client client, SessionSettings found, boolean reset) {
        SettingsShare share = server.pool().sessions().share();
        SessionSettings clients = found.over(client.base());
        for (String name : client.base().names()) {
            if (!found.has(name)) {
                client.session().tellsSettings(true);
                // Set to nothing and not set are one for these.
                boolean emptied = name.indexOf('.') >= 0 && !reset;
                clients = emptied ? clients.with(name, "") : clients;
            }
        }
        settings = share.shared(found);
        client.settings(share.shared(clients));
    }

    private void goOn(Client client) {
        if (server.client() == client && server.settled()) {
            client.answered(server);
        }
    }

    /**
     * Runs the pool's query on a new connection, and sees what it has set: all clients begin with
     * that.
     */
    void prepare(String query, Welcome greeting, Consumer<Welcome> then) {
        inquire(
                query,
                answer -> {
                    answer.failure()
                            .ifPresent(error -> server.warn("connect_query has failed: " + error));
                    Map<String, String> parameters = new LinkedHashMap<>(greeting.parameters());
                    parameters.putAll(answer.parameters());
                    FunctionCatalog functions = server.pool().sessions().functions();
                    functions.noteSettings(query);
                    inquire(
                            Examination.sql(
                                    Effects.SETTINGS,
                                    server.pool().terms().loginUser(server.pool().key().user()),
                                    functions.customSettings().names()),
                            found -> {
                                var left = SessionSettings.of(Examination.values(found.rows()));
                                settings = server.pool().sessions().share().shared(left);
                                server.pool().sessions().entrances().fresh(settings);
                                then.accept(new Welcome(parameters, Optional.empty()));
                            });
                });
    }

    /** Reads the functions of the database, then goes on. */
    void learn(Runnable then) {
        FunctionCatalog functions = server.pool().sessions().functions();
        inquire(
                FunctionCatalog.LEARN,
                answer -> {
                    if (answer.failure().isEmpty()) {
                        functions.learn(answer.rows());
                    } else {
                        functions.learnNothing();
                        server.warn("the functions cannot be read: " + answer.failure().get());
                    }
                    then.run();
                });
    }

    /** A client that has seen the server's own values learns of those that hold for it now. */
    private static void tell(Client client, Map<String, String> reported) {
        ClientSession own = client.sessionIfAny();
        if (own == null || !own.tellsSettings()) {
            return;
        }
        own.tellsSettings(false);
        var out = client.home().writer();
        reported.forEach((name, value) -> new ParameterStatus(name, value).writeTo(out));
        client.home().send(client.channel());
    }

    /** Makes the session the client's, then lets it go on, or refuses it. */
    void adapt(Client client) {
        SessionSettings wanted = client.settings();
        adapt(
                wanted,
                "",
                answer -> {
                    if (answer.failure().isPresent()) {
                        client.refuse(Refusal.notAdapted(answer.failure().get()));
                    } else {
                        tell(client, answer.parameters());
                        client.adapted(server);
                    }
                });
    }

    /**
     * Gives the session these settings.
     *
     * @param question asked behind it
     */
    void adapt(SessionSettings wanted, String question, Consumer<Inquiry> then) {
        holding = true;
        inquire(
                wanted.transitionFrom(settings) + question,
                answer -> {
                    holding = false;
                    settings = answer.failure().isPresent() ? SessionSettings.UNKNOWN : wanted;
                    then.accept(answer);
                });
    }

    /** Sends a query of ours; one at a time. */
    void inquire(String sql, Consumer<Inquiry> then) {
        if (inquiry != null) {
            throw new IllegalStateException("two inquiries at once on " + server.identity().key());
        }
        inquiry = new Inquiry(then);
        byte[] message = Queries.simple(sql);
        server.expect(ReplyQueue.QUERY, ReplyQueue.OURS, ReplyQueue.INQUIRY);
        server.channel().send(message, 0, message.length);
    }

    /** Our query is answered. */
    void answered() {
        Inquiry done = inquiry;
        inquiry = null;
        Runnable cancel = canceled;
        canceled = null;
        if (cancel != null && !server.replies.isEmpty()) {
            server.pool().cancel(server, cancel);
        } else if (cancel != null) {
            cancel.run();
        }
        if (done != null) {
            done.answered();
        }
    }

    /** The client leaves: what was asked for it is of no use any more. */
    void abandoned() {
        if (((doubts & Effects.DEFINES) != 0 || (holding && inquiry != null))
                && server.pool().terms().followsSessions()) {
            server.pool().sessions().functions().learnAgain();
        }
        if (inquiry != null) {
            inquiry = new Inquiry(answer -> {});
            settings = SessionSettings.UNKNOWN;
        }
        forgetDoubts();
        holding = false;
        Runnable cancel = canceled;
        canceled = null;
        if (cancel != null) {
            cancel.run();
        }
    }
}
