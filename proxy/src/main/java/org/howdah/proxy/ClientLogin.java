package org.howdah.proxy;

import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.Receiver;
import org.howdah.wire.Authentication;
import org.howdah.wire.Credentials;
import org.howdah.wire.FrontendType;
import org.howdah.wire.NegotiateProtocolVersion;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.ProtocolViolation;
import org.howdah.wire.SqlState;
import org.howdah.wire.StartupMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client between its startup packet and its first ReadyForQuery: it proves who it is, waits until
 * its pool knows how the server greets, and becomes a {@link Client}.
 */
final class ClientLogin implements Receiver, Newcomer {

    private static final Logger LOG = LoggerFactory.getLogger(ClientLogin.class);

    /**
     * The largest message of a login, and the most that is kept for a client that is in a hurry.
     */
    private static final int MOST_BYTES = 16 * 1024;

    private final Proxy proxy;
    private final ProxyLoop home;
    private final Authenticator.Applicant who;
    private final Channel channel;
    private final StartupMessage startup;
    private final long since;
    private @Nullable Proof proof;
    private Runnable withdrawal = () -> {};
    private boolean counted;
    private boolean over;

    ClientLogin(Proxy proxy, ProxyLoop home, Authenticator.Applicant who, long since) {
        this.proxy = proxy;
        this.home = home;
        this.who = who;
        this.channel = who.channel();
        this.startup = who.startup();
        this.since = since;
    }

    /** Whether a channel is a unix socket, on which nothing is encrypted. */
    static boolean local(Channel channel) {
        return channel.remote() instanceof UnixDomainSocketAddress;
    }

    /** Takes the connection over. */
    void begin() {
        channel.receiver(this);
        home.logins().add(this);
        int room = proxy.settings().limits().clients() - home.clients().count();
        if (!who.console()) {
            counted = proxy.admission().outsiders().begin(room);
            if (!counted) {
                refuse(Refusal.TOO_MANY_CLIENTS);
                return;
            }
        }
        var negotiation = NegotiateProtocolVersion.answer(startup, ProtocolVersion.V3_2);
        if (negotiation.isPresent()) {
            negotiation.get().writeTo(home.writer());
            home.send(channel);
        }
        home.authenticator().proof(who, this::demand);
    }

    private void demand(Proof wanted) {
        if (over) {
            return;
        }
        proof = wanted;
        step(wanted.begin(home.writer()));
        channel.resumeReading();
        channel.redeliver();
    }

    @Override
    public int received(ByteBuffer in, int from, int to) {
        Proof current = proof;
        if (over) {
            return to;
        }
        if (current == null) {
            if (to - from > MOST_BYTES) {
                channel.pauseReading();
            }
            return from;
        }
        if (to - from < Frames.HEADER) {
            return from;
        }
        int length = Frames.length(in, from);
        if (in.get(from) != FrontendType.PASSWORD || length > MOST_BYTES || length == 0) {
            refuse(Refusal.BAD_MESSAGE);
            return to;
        }
        if (to - from < length) {
            return from;
        }
        try {
            step(current.answer(in, from + Frames.HEADER, from + length, home.writer()));
        } catch (ProtocolViolation violation) {
            refuse(new Refusal(violation.sqlState(), violation.text()));
            return to;
        }
        return from + length;
    }

    private void step(Proof.Step step) {
        switch (step) {
            case Proof.Step.Awaiting() -> home.send(channel);
            case Proof.Step.Failed(Refusal why) -> failed(why);
            case Proof.Step.Slow(Supplier<Proof.Step> work) -> slow(work);
            case Proof.Step.Proven(Credentials credentials) -> {
                proof = null;
                proven(credentials);
            }
        }
    }

    private void slow(Supplier<Proof.Step> work) {
        proof = null;
        boolean accepted =
                proxy.admission()
                        .slowWork()
                        .run(() -> {
                            Proof.Step outcome = work.get();
                            home.loop().execute(() -> judged(outcome));
                        });
        if (!accepted) {
            refuse(Refusal.TOO_MANY_LOGINS);
        }
    }

    private void judged(Proof.Step outcome) {
        if (!over) {
            home.writer();
            step(outcome);
        }
    }

    /** The answer to somebody who fails again and again takes a while. */
    private void failed(Refusal why) {
        proof = null;
        LOG.info(
                "A login as {} to {} from {} is refused: {}.",
                Quoted.of(startup.user()),
                Quoted.of(startup.database()),
                channel.remote(),
                why.text());
        if (!why.deniesLogin()) {
            refuse(why);
            return;
        }
        if (why.sqlState().equals(SqlState.INVALID_PASSWORD)) {
            proxy.admission().accounts().forget(startup.user());
        }
        Duration delay =
                proxy.admission().outsiders().failed(channel.remote(), home.loop().turnNanos());
        if (delay.isZero()) {
            proxy.admission().outsiders().answered(channel.remote());
            refuse(why);
            return;
        }
        channel.pauseReading();
        home.loop()
                .after(
                        delay,
                        () -> {
                            proxy.admission().outsiders().answered(channel.remote());
                            if (!over) {
                                refuse(why);
                            }
                        });
    }

    private void proven(Credentials credentials) {
        var out = home.openWriter();
        if (who.console()) {
            enterConsole();
            return;
        }
        ProxySettings settings = proxy.settings();
        Optional<DatabaseSettings> database = settings.database(startup.database());
        if (database.isEmpty()) {
            refuse(Refusal.unknownDatabase(startup.database()));
            return;
        }
        if (proxy.pools().gate().disabled(startup.database())) {
            refuse(Refusal.disabledDatabase(startup.database()));
            return;
        }
        Optional<String> user = user(settings, database.get());
        if (user.isEmpty()) {
            refuse(Refusal.nobodysDatabase(startup.database()));
            return;
        }
        new Authentication.Ok().writeTo(out);
        home.send(channel);
        Pool target = proxy.pools().pool(database.get(), startup.database(), user.get());
        target.credentials().learn(credentials);
        Consumer<Welcome> waiting =
                greeting -> home.loop().execute(() -> welcome(target, greeting));
        withdrawal = () -> target.unwelcome(waiting);
        target.welcome(home, waiting);
    }

    /** Where everybody may enter, all are one: the user whom the database is entered as. */
    private Optional<String> user(ProxySettings settings, DatabaseSettings database) {
        return settings.login().method() == AuthMethod.ANY
                ? database.backend().user()
                : Optional.of(startup.user());
    }

    private void enterConsole() {
        LoginSettings login = proxy.settings().login();
        String user = startup.user();
        boolean admin = login.admins().contains(user) || home.authenticator().runsProxy(who);
        if (!admin && !login.watchers().contains(user)) {
            refuse(Refusal.NOT_FOR_CONSOLE);
            return;
        }
        new Authentication.Ok().writeTo(home.openWriter());
        home.send(channel);
        leave();
        channel.resumeReading();
        proxy.console().enter(new ConsoleDoor.Visitor(home, channel, user, admin, startup));
    }

    private void welcome(Pool target, Welcome greeting) {
        if (over) {
            return;
        }
        if (greeting.refusal().isPresent()) {
            refuse(greeting.refusal().get());
            return;
        }
        if (!proxy.admission().clientBudget().take(target.key())) {
            refuse(Refusal.TOO_MANY_OF_THESE);
            return;
        }
        var made =
                home.clients()
                        .add(
                                Integer.MAX_VALUE,
                                number -> new Client(home, channel, target, number));
        if (made.isEmpty()) {
            proxy.admission().clientBudget().giveBack(target.key());
            refuse(Refusal.TOO_MANY_CLIENTS);
            return;
        }
        target.entered();
        leave();
        if (proxy.settings().log().connections()) {
            LOG.info(
                    "{} has come in to {} from {}{}.",
                    Quoted.of(startup.user()),
                    Quoted.of(startup.database()),
                    channel.remote(),
                    who.encryption().on() ? " by TLS" : "");
        }
        channel.receiver(made.get());
        new Arrival(home, who).enter(made.get(), greeting);
    }

    /** The login has ended, whatever came of it. */
    private void leave() {
        if (!over) {
            over = true;
            proof = null;
            withdrawal.run();
            home.logins().remove(this);
            proxy.admission().outsiders().gone();
            if (counted) {
                proxy.admission().outsiders().end();
            }
        }
    }

    @Override
    public long since() {
        return since;
    }

    @Override
    public void refuse(Refusal why) {
        leave();
        home.tell(channel, why);
        channel.finish();
    }

    @Override
    public void drained() {
        // A login sends too little to ever be congested.
    }

    @Override
    public void closed(Closing why) {
        leave();
    }
}
