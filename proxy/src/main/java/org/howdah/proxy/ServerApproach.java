package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.Receiver;
import org.howdah.transport.TlsChannel;
import org.howdah.wire.SslRequest;
import org.howdah.wire.StartupPacket;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server that is encrypted first, as far as it is wanted and the server can. What
 * is said then is for the subclass.
 */
abstract class ServerApproach implements Receiver {

    private final ProxyLoop home;
    private final Target target;
    private final Wish wish;
    private final SlowWork work;
    private @Nullable Channel channel;
    private @Nullable Refusal failure;
    private Phase phase = Phase.DIALED;

    /**
     * Whom to approach.
     *
     * @param host by which the settings know the server
     * @param tls how to encrypt; empty on a unix socket and where it is disabled
     */
    record Target(String host, int port, Optional<TlsSide> tls) {}

    /** Whether a connection is to be encrypted. */
    enum Wish {
        NEVER,
        IF_OFFERED,
        ALWAYS
    }

    private enum Phase {
        DIALED,
        ASKED,
        HANDSHAKE,
        THROUGH
    }

    ServerApproach(ProxyLoop home, Target target, Wish wish, SlowWork work) {
        this.home = home;
        this.target = target;
        this.wish = target.tls().isEmpty() ? Wish.NEVER : wish;
        this.work = work;
    }

    /** The connection is ready for messages. */
    abstract void through();

    /** As {@link Receiver#received}. */
    abstract int heard(ByteBuffer in, int from, int to);

    /**
     * The connection has ended.
     *
     * @param why in the proxy's words; empty when the subclass has closed it or the peer has
     */
    abstract void ended(Closing closing, Optional<Refusal> why);

    /** The connection that is being made. */
    final void dialed(Channel begun) {
        channel = begun;
    }

    final ProxyLoop home() {
        return home;
    }

    final Target target() {
        return target;
    }

    final Channel link() {
        if (channel == null) {
            throw new IllegalStateException("a server answers before it was dialed");
        }
        return channel;
    }

    @Override
    public final void connected() {
        if (phase == Phase.DIALED && wish != Wish.NEVER) {
            phase = Phase.ASKED;
            new SslRequest().writeTo(home.writer());
            home.send(link());
        } else {
            phase = Phase.THROUGH;
            through();
        }
    }

    @Override
    public final int received(ByteBuffer in, int from, int to) {
        if (phase == Phase.THROUGH) {
            return heard(in, from, to);
        }
        if (phase != Phase.ASKED) {
            return to;
        }
        byte answer = in.get(from);
        if (answer == StartupPacket.TLS_FOLLOWS && to - from == 1) {
            phase = Phase.HANDSHAKE;
            TlsSide tls = target.tls().orElseThrow();
            channel =
                    TlsChannel.start(link(), tls.dialing(target.host(), target.port()), work, this);
        } else if (answer == StartupPacket.NO_ENCRYPTION
                && wish == Wish.IF_OFFERED
                && to - from == 1) {
            phase = Phase.THROUGH;
            through();
        } else {
            // More than one byte may come from somebody in the middle (CVE-2021-23222).
            failure = Refusal.NO_SERVER_TLS;
            link().close();
        }
        return to;
    }

    @Override
    public final void closed(Closing why) {
        if (failure == null && why.cause() == Closing.Cause.FAILURE) {
            failure = new Refusal("08006", "cannot reach " + link().remote() + ": " + why.detail());
        }
        ended(why, Optional.ofNullable(failure));
    }

    /** Whether encryption was wanted and could not be had. */
    final boolean encryptionFailed() {
        return phase == Phase.HANDSHAKE || phase == Phase.ASKED;
    }

    @Override
    public final void drained() {
        // Too little is sent to ever be congested.
    }
}
