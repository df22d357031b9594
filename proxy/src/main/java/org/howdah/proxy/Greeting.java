package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.Receiver;
import org.howdah.wire.CancelRequest;
import org.howdah.wire.GssEncRequest;
import org.howdah.wire.ProtocolViolation;
import org.howdah.wire.SslRequest;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.StartupPacket;

/** A client that has just connected: it may ask for encryption, cancel something, or log in. */
final class Greeting implements Receiver, Newcomer {

    private static final byte[] NO_ENCRYPTION = {StartupPacket.NO_ENCRYPTION};

    private final Proxy proxy;
    private final ProxyLoop home;
    private final Channel channel;
    private final long since;

    /** It is counted among those who are not logged in. */
    private boolean inside;

    Greeting(Proxy proxy, ProxyLoop home, Channel channel) {
        this.proxy = proxy;
        this.home = home;
        this.channel = channel;
        this.since = home.loop().turnNanos();
    }

    /** Lets the client begin, unless too many are at it. */
    Greeting begin() {
        if (proxy.admission()
                .outsiders()
                .come(channel.remote(), proxy.settings().limits().clients())) {
            inside = true;
            home.logins().add(this);
        } else {
            refuse(Refusal.TOO_MANY_LOGINS);
        }
        return this;
    }

    @Override
    public int received(ByteBuffer in, int from, int to) {
        int at = from;
        if (!inside) {
            return to;
        }
        try {
            while (to - at >= StartupPacket.LENGTH_BYTES && channel.receiver() == this) {
                int length = StartupPacket.bytes(in, at);
                if (to - at < length) {
                    return at;
                }
                StartupPacket packet = StartupPacket.parseFrom(in, at, at + length);
                at += length;
                take(packet);
            }
        } catch (ProtocolViolation violation) {
            violation.diagnostic().writeTo(home.writer());
            home.send(channel);
            leave();
            channel.finish();
            return to;
        }
        if (at < to && channel.receiver() != this) {
            home.loop().execute(channel::redeliver);
        }
        return at;
    }

    private void take(StartupPacket packet) {
        switch (packet) {
            case SslRequest() -> channel.send(NO_ENCRYPTION, 0, 1);
            case GssEncRequest() -> channel.send(NO_ENCRYPTION, 0, 1);
            case CancelRequest(var key) -> {
                leave();
                proxy.cancels().cancel(key, channel);
            }
            case StartupMessage startup -> {
                // From here on the login is what is counted.
                inside = false;
                home.logins().remove(this);
                var applicant = new Authenticator.Applicant(channel, startup, Optional.empty());
                new ClientLogin(proxy, home, applicant, since).begin();
            }
        }
    }

    private void leave() {
        if (inside) {
            inside = false;
            home.logins().remove(this);
            proxy.admission().outsiders().gone();
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
        // A greeting sends too little to ever be congested.
    }

    @Override
    public void closed(Closing why) {
        leave();
    }
}
