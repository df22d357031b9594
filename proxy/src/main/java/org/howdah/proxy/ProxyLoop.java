package org.howdah.proxy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.howdah.transport.Channel;
import org.howdah.transport.EventLoop;
import org.howdah.wire.MessageWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One loop with all that lives on it. Everything here but {@link #loop} is for its thread only. */
final class ProxyLoop {

    private static final int WRITER_BYTES = 8 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ProxyLoop.class);

    private final Proxy proxy;
    private final EventLoop loop;
    private final ClientTable clients;
    private final Budget clientBudget;
    private final AtomicInteger serverNumbers;
    private final Authenticator authenticator;
    private final Requests requests;
    private final Members<Server> servers = new Members<>();
    private final Members<Newcomer> logins = new Members<>();
    private final Members<ServerLogin> dials = new Members<>();
    private final Members<Console> consoles = new Members<>();
    private final TopStatements statements = new TopStatements();
    private final Tallies tallies = new Tallies();
    private final MessageWriter writer = MessageWriter.direct(WRITER_BYTES);

    /**
     * @param statementNumbers the last number that a statement of this process was given
     */
    ProxyLoop(EventLoop loop, Proxy proxy, AtomicInteger statementNumbers) {
        var effects = new SessionEffects();
        this.requests =
                new Requests(
                        new ExtendedQuery(new StatementCatalog(statementNumbers), effects),
                        new SessionQuery(effects));
        this.proxy = proxy;
        this.loop = loop;
        this.clients = proxy.clientTable();
        this.serverNumbers = proxy.serverNumbers();
        this.clientBudget = proxy.admission().clientBudget();
        this.authenticator = new Authenticator(proxy, this);
    }

    /** Numbers the server connections of all loops. */
    int nextServer() {
        return serverNumbers.incrementAndGet();
    }

    EventLoop loop() {
        return loop;
    }

    /** The clients of all loops. */
    ClientTable clients() {
        return clients;
    }

    /** Decides how clients prove who they are. */
    Authenticator authenticator() {
        return authenticator;
    }

    Requests requests() {
        return requests;
    }

    Members<Server> servers() {
        return servers;
    }

    /** Server connections that are being made. */
    Members<ServerLogin> dials() {
        return dials;
    }

    /** Clients of the console. */
    Members<Console> consoles() {
        return consoles;
    }

    /** The statements that run most often here. */
    TopStatements statements() {
        return statements;
    }

    /** Statements that take longer are logged; zero: none. */
    Duration slowStatement() {
        return proxy.settings().log().slowStatement();
    }

    /** What the pools have done here. */
    Tallies tallies() {
        return tallies;
    }

    /** Clients that are not logged in yet. */
    Members<Newcomer> logins() {
        return logins;
    }

    /** For messages of our own; empty. */
    MessageWriter writer() {
        return writer.clear();
    }

    /** The same, behind what was written already. */
    MessageWriter openWriter() {
        return writer;
    }

    /** Sends what was written with {@link #writer}. */
    void send(Channel channel) {
        channel.send(writer.buffer(), 0, writer.size());
    }

    /** Sends the error that ends a client. */
    void tell(Channel channel, Refusal why) {
        why.diagnostic().writeTo(writer());
        send(channel);
    }

    /** A client's connection is closed. */
    void left(Client client) {
        if (clients.remove(client.number())) {
            client.pool().left();
            if (proxy.settings().log().disconnections()) {
                LOG.info(
                        "Client of {} from {} has gone.",
                        client.pool().key(),
                        client.channel().remote());
            }
            clientBudget.giveBack(client.pool().key());
        }
    }
}
