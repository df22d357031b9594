package org.howdah.proxy;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.Receiver;
import org.howdah.wire.Authentication;
import org.howdah.wire.BackendKeyData;
import org.howdah.wire.BackendType;
import org.howdah.wire.CancelKey;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.ParameterStatus;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.ProtocolViolation;
import org.howdah.wire.StartupMessage;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server from dialing to its first ReadyForQuery; then it is a {@link Server}.
 */
final class ServerLogin implements Receiver {

    private static final int MOST_BYTES = 64 * 1024;

    private final ProxyLoop home;
    private final Pool pool;
    private final SocketAddress address;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final long since;
    private @Nullable Channel channel;
    private @Nullable CancelKey key;
    private Refusal failure = Refusal.SERVER_LOST;
    private boolean refused;
    private boolean done;

    ServerLogin(ProxyLoop home, Pool pool, SocketAddress address) {
        this.home = home;
        this.pool = pool;
        this.address = address;
        this.since = home.loop().turnNanos();
        home.dials().add(this);
    }

    /** The connection that is being made. */
    void channel(Channel dialed) {
        channel = dialed;
    }

    @Override
    public void connected() {
        Backend backend = pool.terms().database().backend();
        StartupMessage startup =
                StartupMessage.of(
                        ProtocolVersion.V3_2,
                        backend.user().orElse(pool.key().user()),
                        backend.database().isEmpty() ? pool.key().database() : backend.database());
        for (Map.Entry<String, String> setting : backend.startup().entrySet()) {
            startup = startup.with(setting.getKey(), setting.getValue());
        }
        startup.writeTo(home.writer());
        home.send(link());
    }

    private Channel link() {
        if (channel == null) {
            throw new IllegalStateException("a server answers before it was dialed");
        }
        return channel;
    }

    @Override
    public int received(ByteBuffer in, int from, int to) {
        int at = from;
        try {
            while (!done && to - at >= Frames.HEADER) {
                int length = Frames.length(in, at);
                if (length == 0 || length > MOST_BYTES) {
                    throw ProtocolViolation.of("a message of the login is too long");
                }
                if (to - at < length) {
                    break;
                }
                message(in.get(at), in, at + Frames.HEADER, at + length);
                at += length;
            }
        } catch (ProtocolViolation violation) {
            fail(new Refusal(violation.sqlState(), violation.text()), false);
        }
        return at;
    }

    private void message(byte type, ByteBuffer in, int from, int to) {
        switch (type) {
            case BackendType.AUTHENTICATION -> authenticate(Authentication.parseFrom(in, from, to));
            case BackendType.PARAMETER_STATUS -> {
                ParameterStatus status = ParameterStatus.parseFrom(in, from, to);
                parameters.put(status.name(), status.value());
            }
            case BackendType.BACKEND_KEY_DATA -> key = BackendKeyData.parseFrom(in, from, to).key();
            case BackendType.ERROR_RESPONSE -> {
                Diagnostic error = Diagnostic.parseFrom(type, in, from, to);
                fail(new Refusal(error.sqlState(), error.message()), true);
            }
            case BackendType.READY_FOR_QUERY -> ready();
            case BackendType.NOTICE_RESPONSE, BackendType.NEGOTIATE_PROTOCOL_VERSION -> {}
            default -> throw ProtocolViolation.of("unexpected " + BackendType.name(type));
        }
    }

    private void authenticate(Authentication demand) {
        if (!(demand instanceof Authentication.Ok)) {
            fail(
                    new Refusal("28000", "the server demands a password that the proxy has not"),
                    true);
        }
    }

    private void ready() {
        done = true;
        home.dials().remove(this);
        CancelKey known =
                key == null ? CancelKey.of(0, new byte[CancelKey.LEAST_SECRET_BYTES]) : key;
        Server server = new Server(home, pool, link(), address, known);
        link().receiver(server);
        home.servers().add(server);
        pool.opened(server, new Welcome(parameters, Optional.empty()));
    }

    /** Gives up if it takes too long. */
    void overdue(long now) {
        Duration most = pool.terms().times().serverConnect();
        if (most.isPositive() && now - since > most.toNanos()) {
            fail(Refusal.SERVER_CONNECT, false);
        }
    }

    /** The login takes too long, or the server says no. */
    void fail(Refusal why, boolean byServer) {
        failure = why;
        refused = byServer;
        link().close();
    }

    @Override
    public void drained() {
        // A login sends too little to ever be congested.
    }

    @Override
    public void closed(Closing why) {
        home.dials().remove(this);
        Refusal told =
                why.cause() == Closing.Cause.FAILURE
                        ? new Refusal("08006", "cannot reach " + address + ": " + why.detail())
                        : failure;
        pool.failed(home, told, refused);
    }
}
