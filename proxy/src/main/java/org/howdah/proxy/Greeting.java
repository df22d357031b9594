package org.howdah.proxy;

import java.nio.ByteBuffer;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.Receiver;
import org.howdah.transport.TlsChannel;
import org.howdah.wire.CancelRequest;
import org.howdah.wire.GssEncRequest;
import org.howdah.wire.ProtocolViolation;
import org.howdah.wire.SslRequest;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.StartupPacket;

/**
 * A client that has just connected: it may ask for encryption or begin it unasked, cancel
 * something, or log in.
 */
final class Greeting implements Receiver, Newcomer {

    private static final byte[] NO_ENCRYPTION = {StartupPacket.NO_ENCRYPTION};
    private static final byte[] TLS_FOLLOWS = {StartupPacket.TLS_FOLLOWS};

    private final Proxy proxy;
    private final ProxyLoop home;
    private final long since;
    private Channel channel;

    /** What is spoken now. */
    private Encryption encryption = Encryption.NONE;

    /** The handshake began without having been asked for: then ALPN must name the protocol. */
    private boolean direct;

    private boolean askedForTls;
    private boolean askedForGss;

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
        int most = proxy.settings().limits().clients();
        if (proxy.admission().outsiders().come(channel.remote(), most)) {
            inside = true;
            home.logins().add(this);
        } else {
            refuse(Refusal.TOO_MANY_LOGINS);
        }
        return this;
    }

    @Override
    public int received(ByteBuffer in, int from, int to) {
        if (!inside) {
            return to;
        }
        if (in.get(from) == StartupPacket.TLS_HANDSHAKE && mayEncrypt() && !askedForTls) {
            direct = true;
            encrypt();
            return from;
        }
        try {
            return packets(in, from, to);
        } catch (ProtocolViolation violation) {
            refuse(new Refusal(violation.sqlState(), violation.text()));
            return to;
        }
    }

    private int packets(ByteBuffer in, int from, int to) {
        int at = from;
        Channel current = channel;
        while (inside && to - at >= StartupPacket.LENGTH_BYTES) {
            int length = StartupPacket.bytes(in, at);
            if (to - at < length) {
                return at;
            }
            StartupPacket packet = StartupPacket.parseFrom(in, at, at + length);
            at += length;
            take(packet, to - at);
        }
        if (at < to && current.receiver() != this) {
            // The login takes what came with the startup packet.
            home.loop().execute(current::redeliver);
        }
        return at;
    }

    /**
     * @param behind how many bytes have come behind the packet
     */
    private void take(StartupPacket packet, int behind) {
        switch (packet) {
            case SslRequest() -> tlsRequested(behind);
            case GssEncRequest() -> {
                refuseIf(askedForGss || encryption.on());
                askedForGss = true;
                channel.send(NO_ENCRYPTION, 0, 1);
            }
            case CancelRequest(var key) -> {
                leave();
                proxy.cancels().cancel(key, channel);
            }
            case StartupMessage startup -> startUp(startup);
        }
    }

    private static void refuseIf(boolean outOfOrder) {
        if (outOfOrder) {
            throw ProtocolViolation.of("encryption was asked for already");
        }
    }

    private void tlsRequested(int behind) {
        refuseIf(askedForTls || encryption.on());
        askedForTls = true;
        if (!mayEncrypt()) {
            channel.send(NO_ENCRYPTION, 0, 1);
            return;
        }
        if (behind > 0) {
            // They may come from somebody in the middle (CVE-2021-23214).
            throw ProtocolViolation.of("received unencrypted data after SSL request");
        }
        channel.send(TLS_FOLLOWS, 0, 1);
        encrypt();
    }

    private boolean mayEncrypt() {
        return !encryption.on()
                && proxy.admission().clientTls().isPresent()
                && !ClientLogin.local(channel);
    }

    private void encrypt() {
        TlsSide tls = proxy.admission().clientTls().orElseThrow();
        channel = TlsChannel.start(channel, tls.accepting(), proxy.admission().slowWork(), this);
    }

    /** The handshake is done. */
    @Override
    public void connected() {
        if (inside && channel instanceof TlsChannel tls) {
            encryption = TlsSide.ofClient(tls.agreement());
            if (direct && !tls.agreement().applicationProtocol().equals(StartupPacket.ALPN)) {
                refuse(Refusal.NO_ALPN);
            }
        }
    }

    private void startUp(StartupMessage startup) {
        boolean demanded =
                proxy.admission().clientTls().filter(TlsSide::demanded).isPresent()
                        && !ClientLogin.local(channel);
        if (demanded && !encryption.on()) {
            refuse(Refusal.TLS_DEMANDED);
            return;
        }
        // From here on the login is what is counted.
        inside = false;
        home.logins().remove(this);
        var applicant = new Authenticator.Applicant(channel, startup, encryption);
        new ClientLogin(proxy, home, applicant, since).begin();
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

    private void leave() {
        if (inside) {
            inside = false;
            home.logins().remove(this);
            proxy.admission().outsiders().gone();
        }
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
