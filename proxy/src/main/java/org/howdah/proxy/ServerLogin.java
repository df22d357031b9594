package org.howdah.proxy;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.howdah.transport.Closing;
import org.howdah.transport.TlsChannel;
import org.howdah.wire.Authentication;
import org.howdah.wire.BackendKeyData;
import org.howdah.wire.BackendType;
import org.howdah.wire.CancelKey;
import org.howdah.wire.ChannelBinding;
import org.howdah.wire.ChannelBindingPolicy;
import org.howdah.wire.Credentials;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.LoginChannel;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.NegotiateProtocolVersion;
import org.howdah.wire.ParameterStatus;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.ProtocolViolation;
import org.howdah.wire.SqlState;
import org.howdah.wire.StartupMessage;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server from dialing to its first ReadyForQuery; then it is a {@link Server}.
 */
final class ServerLogin extends ServerApproach {

    private static final int MOST_BYTES = 64 * 1024;

    private final Pool pool;
    private final Dialed dialed;
    private final Entry entry;
    private final Optional<Runnable> otherwise;
    private final StartupMessage startup;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final long since;
    private org.howdah.wire.@Nullable ClientLogin login;
    private @Nullable CancelKey key;
    private Refusal failure = Refusal.SERVER_LOST;
    private boolean refused;
    private boolean accepted;

    /** Something is being found out on another thread. */
    private boolean busy;

    private boolean done;

    /**
     * @param dialed who is told of the outcome
     * @param otherwise another attempt, with TLS in place of without or the other way round
     */
    ServerLogin(
            ProxyLoop home,
            Pool pool,
            Dialed dialed,
            Target target,
            Wish wish,
            Entry entry,
            Optional<Runnable> otherwise) {
        super(home, target, wish, entry.work());
        this.pool = pool;
        this.dialed = dialed;
        this.entry = entry;
        this.otherwise = otherwise;
        this.startup = startup(pool);
        this.since = home.loop().turnNanos();
        home.dials().add(this);
    }

    private static StartupMessage startup(Pool pool) {
        StartupMessage startup =
                StartupMessage.of(
                        ProtocolVersion.V3_2,
                        ServerCredentials.user(pool),
                        ServerCredentials.database(pool));
        Backend backend = pool.terms().database().backend();
        for (Map.Entry<String, String> setting : backend.startup().entrySet()) {
            startup = startup.with(setting.getKey(), setting.getValue());
        }
        return startup;
    }

    Pool pool() {
        return pool;
    }

    SocketAddress address() {
        return link().remote();
    }

    /** When it was begun, by {@link System#nanoTime}. */
    long since() {
        return since;
    }

    @Override
    void through() {
        startup.writeTo(home().writer());
        home().send(link());
    }

    @Override
    int heard(ByteBuffer in, int from, int to) {
        int at = from;
        try {
            while (!done && !busy && to - at >= Frames.HEADER) {
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
            violated(violation);
        }
        return at;
    }

    private void message(byte type, ByteBuffer in, int from, int to) {
        switch (type) {
            case BackendType.AUTHENTICATION -> authenticate(Authentication.parseFrom(in, from, to));
            case BackendType.ERROR_RESPONSE -> {
                Diagnostic error = Diagnostic.parseFrom(type, in, from, to);
                fail(new Refusal(error.sqlState(), error.message()), true);
            }
            case BackendType.NOTICE_RESPONSE -> {}
            case BackendType.NEGOTIATE_PROTOCOL_VERSION -> {
                if (!NegotiateProtocolVersion.parseFrom(in, from, to).answers(startup)) {
                    throw ProtocolViolation.of("the server answers with a version never asked for");
                }
            }
            default -> {
                if (!accepted) {
                    throw ProtocolViolation.of(
                            "unexpected " + BackendType.name(type) + " before the login");
                }
                greeting(type, in, from, to);
            }
        }
    }

    private void greeting(byte type, ByteBuffer in, int from, int to) {
        switch (type) {
            case BackendType.PARAMETER_STATUS -> {
                ParameterStatus status = ParameterStatus.parseFrom(in, from, to);
                parameters.put(status.name(), status.value());
            }
            case BackendType.BACKEND_KEY_DATA -> key = BackendKeyData.parseFrom(in, from, to).key();
            case BackendType.READY_FOR_QUERY -> ready();
            default -> throw ProtocolViolation.of("unexpected " + BackendType.name(type));
        }
    }

    private void authenticate(Authentication demand) {
        var answering = login;
        if (answering != null) {
            answer(answering, demand);
            return;
        }
        Credentials known = entry.credentials().known(pool);
        if (known instanceof Credentials.None && !(demand instanceof Authentication.Ok)) {
            elsewhere(() -> {
                Credentials found = entry.credentials().ofPasswordFile(pool, target().host());
                return () -> answer(begin(found), demand);
            });
        } else {
            answer(begin(known), demand);
        }
    }

    private org.howdah.wire.ClientLogin begin(Credentials shown) {
        var begun = entry.login(startup.user(), shown, loginChannel());
        login = begun;
        return begun;
    }

    private LoginChannel loginChannel() {
        return link() instanceof TlsChannel tls
                ? LoginChannel.encrypted(
                        tls.agreement().peerCertificate().flatMap(ChannelBinding::of),
                        ChannelBindingPolicy.PREFER)
                : LoginChannel.plain();
    }

    private void answer(org.howdah.wire.ClientLogin answering, Authentication demand) {
        if (demand instanceof Authentication.SaslContinue) {
            // Keys may have to be derived from the password.
            elsewhere(() -> {
                MessageWriter out = MessageWriter.heap(512);
                answering.answer(demand, out);
                return () -> link().send(out.buffer(), 0, out.size());
            });
            return;
        }
        MessageWriter out = home().writer();
        accepted = answering.answer(demand, out);
        home().send(link());
    }

    /** What takes long, and what is then done on the loop. */
    private interface Work {
        Runnable run();
    }

    private void elsewhere(Work work) {
        busy = true;
        boolean taken =
                entry.work()
                        .run(() -> {
                            Runnable next = outcome(work);
                            home().loop().execute(() -> goOn(next));
                        });
        if (!taken) {
            fail(Refusal.TOO_MANY_LOGINS, false);
        }
    }

    private Runnable outcome(Work work) {
        try {
            return work.run();
        } catch (ProtocolViolation violation) {
            return () -> violated(violation);
        } catch (RuntimeException unexpected) {
            return () -> {
                throw unexpected;
            };
        }
    }

    private void goOn(Runnable next) {
        if (!link().open()) {
            return;
        }
        busy = false;
        try {
            next.run();
        } catch (ProtocolViolation violation) {
            violated(violation);
        }
        link().redeliver();
    }

    /** The server demands what the proxy has not, lies, or sends what cannot be understood. */
    private void violated(ProtocolViolation violation) {
        Refusal why = new Refusal(violation.sqlState(), violation.text());
        fail(why, why.deniesLogin());
    }

    private void ready() {
        done = true;
        home().dials().remove(this);
        CancelKey known =
                key == null ? CancelKey.of(0, new byte[CancelKey.LEAST_SECRET_BYTES]) : key;
        var identity =
                new ServerIdentity(known, target(), home().nextServer(), home().loop().turnNanos());
        Server server = new Server(home(), pool, link(), identity);
        link().receiver(server);
        home().servers().add(server);
        dialed.opened(server, new Welcome(parameters, Optional.empty()));
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
    void ended(Closing closing, Optional<Refusal> why) {
        home().dials().remove(this);
        boolean encryptionMayHelp =
                encryptionFailed()
                        || (refused && failure.sqlState().equals(SqlState.INVALID_AUTHORIZATION));
        if (otherwise.isPresent() && encryptionMayHelp) {
            otherwise.get().run();
        } else {
            if (refused && failure.deniesLogin()) {
                entry.credentials().refused(pool);
            }
            // To wait for a server that cannot be trusted would not make it better.
            dialed.failed(home(), why.orElse(failure), refused || encryptionFailed());
        }
    }
}
