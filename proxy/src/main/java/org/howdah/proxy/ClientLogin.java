package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.util.Map;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.Receiver;
import org.howdah.wire.Authentication;
import org.howdah.wire.BackendKeyData;
import org.howdah.wire.FrontendType;
import org.howdah.wire.NegotiateProtocolVersion;
import org.howdah.wire.ParameterStatus;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.ReadyForQuery;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.TransactionStatus;
import org.jspecify.annotations.Nullable;

/**
 * A client between its startup packet and its first ReadyForQuery: it proves who it is, waits until
 * its pool knows how the server greets, and becomes a {@link Client}.
 */
final class ClientLogin implements Receiver, Newcomer {

    /** The largest message of a login. */
    private static final int MOST_BYTES = 16 * 1024;

    private final Proxy proxy;
    private final ProxyLoop home;
    private final Channel channel;
    private final StartupMessage startup;
    private final ProtocolVersion version;
    private final long since;
    private @Nullable Proof proof;
    private @Nullable Pool pool;
    private boolean over;

    ClientLogin(Proxy proxy, ProxyLoop home, Channel channel, StartupMessage startup, long since) {
        this.proxy = proxy;
        this.home = home;
        this.channel = channel;
        this.startup = startup;
        this.version = startup.version().orOlder(ProtocolVersion.V3_2);
        this.since = since;
    }

    /** Takes the connection over. */
    void begin() {
        channel.receiver(this);
        home.logins().add(this);
        ProxySettings settings = proxy.settings();
        var database = settings.database(startup.database());
        if (database.isEmpty()) {
            refuse(Refusal.unknownDatabase(startup.database()));
            return;
        }
        pool = proxy.pools().pool(database.get(), startup.database(), startup.user());
        proof = new Trust(Credentials.NONE);
        var out = home.writer();
        NegotiateProtocolVersion.answer(startup, ProtocolVersion.V3_2)
                .ifPresent(negotiation -> negotiation.writeTo(out));
        step(proof.begin(out));
    }

    @Override
    public int received(ByteBuffer in, int from, int to) {
        if (over || proof == null || to - from < Frames.HEADER) {
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
        step(proof.answer(in, from + Frames.HEADER, from + length, home.writer()));
        return from + length;
    }

    private void step(Proof.Step step) {
        switch (step) {
            case Proof.Step.Awaiting() -> home.send(channel);
            case Proof.Step.Failed(Refusal why) -> refuse(why);
            case Proof.Step.Proven(Credentials credentials) -> {
                new Authentication.Ok().writeTo(home.openWriter());
                home.send(channel);
                proven(credentials);
            }
        }
    }

    private void proven(Credentials credentials) {
        proof = null;
        Pool target = pool;
        if (target == null) {
            throw new IllegalStateException("a login is proven before it has begun");
        }
        target.credentials(credentials);
        target.welcome(home, greeting -> home.loop().execute(() -> welcome(target, greeting)));
    }

    private void welcome(Pool target, Welcome greeting) {
        if (over) {
            return;
        }
        if (greeting.refusal().isPresent()) {
            refuse(greeting.refusal().get());
            return;
        }
        int most = proxy.settings().limits().clients();
        var made = home.clients().add(most, number -> new Client(home, channel, target, number));
        if (made.isEmpty()) {
            refuse(Refusal.TOO_MANY_CLIENTS);
            return;
        }
        over = true;
        home.logins().remove(this);
        enter(made.get(), greeting);
    }

    private void enter(Client client, Welcome greeting) {
        var out = home.writer();
        for (Map.Entry<String, String> parameter : greeting.parameters().entrySet()) {
            new ParameterStatus(parameter.getKey(), parameter.getValue()).writeTo(out);
        }
        boolean longSecret = version.equals(ProtocolVersion.V3_2);
        new BackendKeyData(home.clients().key(client.number(), longSecret)).writeTo(out);
        new ReadyForQuery(TransactionStatus.IDLE).writeTo(out);
        home.send(channel);
        channel.receiver(client);
        channel.redeliver();
    }

    @Override
    public long since() {
        return since;
    }

    @Override
    public void refuse(Refusal why) {
        over = true;
        home.tell(channel, why);
        channel.finish();
    }

    @Override
    public void drained() {
        // A login sends too little to ever be congested.
    }

    @Override
    public void closed(Closing why) {
        over = true;
        home.logins().remove(this);
    }
}
