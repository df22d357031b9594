package org.howdah.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.howdah.wire.Authentication;
import org.howdah.wire.BackendType;
import org.howdah.wire.Credentials;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.Frame;
import org.howdah.wire.Payload;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.ScramHash;
import org.howdah.wire.ServerError;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;

/** Logins by raw protocol, for tests of what comes of them. */
final class TestLogins {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final String PASSWORD = "open sesame";

    private TestLogins() {}

    /** Connected, and nothing said yet. */
    static WireClient connect(TestProxy proxy) {
        return WireClient.connect(proxy.address(), PATIENCE);
    }

    /** With the password of all users, into the database of the tests. */
    static WireClient login(TestProxy proxy, String user) {
        return login(proxy, user, TestSettings.DATABASE, PASSWORD);
    }

    static WireClient login(TestProxy proxy, String user, String database, String password) {
        WireClient client = WireClient.connect(proxy.address(), PATIENCE);
        try {
            return client.login(
                    StartupMessage.of(ProtocolVersion.V3_0, user, database),
                    Credentials.password(password));
        } catch (RuntimeException refused) {
            client.close();
            throw refused;
        }
    }

    static Diagnostic refusal(TestProxy proxy, String user, String database, String password) {
        try {
            login(proxy, user, database, password).close();
            throw new AssertionError(user + " came in");
        } catch (ServerError refused) {
            return refused.diagnostic();
        }
    }

    /** Types and sizes of what a client with a wrong password is sent. */
    static List<String> demands(TestProxy proxy, String user) {
        List<String> demands = new ArrayList<>();
        for (Frame frame : failedLogin(proxy, user)) {
            if (frame.is(BackendType.AUTHENTICATION)) {
                Authentication demand = frame.as(Authentication::parseFrom);
                demands.add(
                        demand.getClass().getSimpleName()
                                + (demand instanceof Authentication.SaslContinue(Payload data)
                                        ? data.size()
                                        : ""));
            } else {
                demands.add(frame.diagnostic().sqlState());
            }
        }
        return demands;
    }

    static List<Frame> failedLogin(TestProxy proxy, String user) {
        List<Frame> frames = new ArrayList<>();
        try (WireClient client = WireClient.connect(proxy.address(), PATIENCE)) {
            client.send(
                    StartupMessage.of(ProtocolVersion.V3_0, user, TestSettings.DATABASE)::writeTo);
            var login =
                    new org.howdah.wire.ClientLogin(
                            user,
                            Credentials.password("wrong"),
                            org.howdah.wire.LoginChannel.plain(),
                            new ScramHash(),
                            new org.howdah.wire.ScramKeyCache(1),
                            new java.security.SecureRandom());
            for (Optional<Frame> next = client.receiveOrEnd();
                    next.isPresent();
                    next = client.receiveOrEnd()) {
                frames.add(next.get());
                if (next.get().is(BackendType.AUTHENTICATION)) {
                    Authentication demand = next.get().as(Authentication::parseFrom);
                    client.send(out -> login.answer(demand, out));
                }
            }
        }
        return frames;
    }

    /** The same servers, entered as this user. */
    static Backend as(Backend old, String user, Optional<Secret> password) {
        return new Backend(
                old.hosts(),
                old.rotate(),
                old.port(),
                old.database(),
                Optional.of(user),
                password,
                old.startup(),
                old.connectQuery());
    }

    /** The same servers by another name of their host. */
    static Backend at(Backend old, String host) {
        return new Backend(
                List.of(host),
                old.rotate(),
                old.port(),
                old.database(),
                old.user(),
                old.password(),
                old.startup(),
                old.connectQuery());
    }
}
