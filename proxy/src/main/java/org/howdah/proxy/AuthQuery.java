package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.howdah.wire.BackendType;
import org.howdah.wire.Bind;
import org.howdah.wire.DataRow;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.Execute;
import org.howdah.wire.FixedMessage;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.Parse;
import org.howdah.wire.ProtocolViolation;
import org.howdah.wire.SqlState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server for a user's secret, as a client of the pool of the user who may ask. The query
 * runs in a transaction that can only read and not for long, with the search path of that user:
 * nothing that the client sent has an influence but the name, which is a parameter.
 */
final class AuthQuery {

    private static final Logger LOG = LoggerFactory.getLogger(AuthQuery.class);

    /** From the question to the answer, with the wait for a server connection. */
    private static final Duration MOST = Duration.ofSeconds(10);

    private static final String STATEMENT_TIMEOUT = "SET LOCAL statement_timeout = '5s'";
    private static final String SEARCH_PATH = "SET LOCAL search_path TO DEFAULT";
    private static final int MOST_BYTES = 64 * 1024;

    /** PostgreSQL's names are not longer (NAMEDATALEN), and answers are kept by name. */
    private static final int LONGEST_NAME = 63;

    private final Supplier<Pools> pools;

    AuthQuery(Supplier<Pools> pools) {
        this.pools = pools;
    }

    /**
     * What to ask.
     *
     * @param database where, as clients name it
     * @param asker as whom
     * @param user about whom
     */
    record Question(
            DatabaseSettings settings, String database, String asker, String sql, String user) {}

    /** Empty where nobody is to be asked. */
    static Optional<Question> question(ProxySettings settings, String database, String user) {
        LoginSettings login = settings.login();
        Optional<DatabaseSettings> own = settings.database(database);
        Optional<String> asker = own.flatMap(DatabaseSettings::authUser).or(() -> login.authUser());
        String where =
                own.flatMap(DatabaseSettings::authDatabase)
                        .or(() -> login.authDatabase())
                        .orElse(database);
        String sql = own.flatMap(DatabaseSettings::authQuery).orElse(login.authQuery());
        boolean tooLong = user.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME;
        return asker.isEmpty() || sql.isEmpty() || tooLong
                ? Optional.empty()
                : settings.database(where)
                        .map(found -> new Question(found, where, asker.get(), sql, user));
    }

    /** Asks; the answer comes on the same loop. */
    void ask(ProxyLoop home, Question question, Consumer<Lookup> told) {
        Pool pool = pools.get().pool(question.settings(), question.database(), question.asker());
        Answer answer = new Answer(home, question, told);
        InnerChannel channel =
                new InnerChannel(home.loop(), request(question), answer, NobodyYet.INSTANCE);
        Client client = new Client(home, channel, pool, Client.INNER);
        answer.client = client;
        channel.receiver(client);
        channel.begin();
        home.loop().after(MOST, answer::late);
    }

    private static byte[] request(Question question) {
        MessageWriter out = MessageWriter.heap(512);
        for (String sql : List.of("BEGIN READ ONLY", STATEMENT_TIMEOUT, SEARCH_PATH)) {
            statement(out, sql, List.of());
        }
        statement(out, question.sql(), List.of(question.user()));
        statement(out, "COMMIT", List.of());
        FixedMessage.SYNC.writeTo(out);
        return out.toByteArray();
    }

    private static void statement(MessageWriter out, String sql, List<String> parameters) {
        Parse.of("", sql).writeTo(out);
        Bind.texts("", parameters).writeTo(out);
        Execute.all().writeTo(out);
    }

    /** Collects what the server says. */
    private static final class Answer implements InnerChannel.Listener {
        private final ProxyLoop home;
        private final Question question;
        private final Consumer<Lookup> told;
        private final MessageWriter heard = MessageWriter.heap(256);
        private Client client;
        private boolean over;

        @SuppressWarnings("NullAway.Init") // the client is made with a channel that leads here
        Answer(ProxyLoop home, Question question, Consumer<Lookup> told) {
            this.home = home;
            this.question = question;
            this.told = told;
        }

        @Override
        public void heard(byte[] bytes, int offset, int length) {
            if (over || heard.size() > MOST_BYTES) {
                return;
            }
            heard.bytes(bytes, offset, length);
            if (heard.size() > MOST_BYTES || complete()) {
                home.loop().execute(() -> end(read()));
            }
        }

        @Override
        public void ended() {
            if (!over) {
                end(read());
            }
        }

        void late() {
            if (!over) {
                end(failed("it takes too long"));
            }
        }

        /** Whether ReadyForQuery has come. */
        private boolean complete() {
            return find(BackendType.READY_FOR_QUERY) >= 0;
        }

        /** Index of the first message of this type; -1 if it has not come. */
        private int find(byte type) {
            ByteBuffer in = heard.buffer();
            int at = 0;
            while (heard.size() - at >= Frames.HEADER) {
                int length = Frames.length(in, at);
                if (length == 0 || heard.size() - at < length) {
                    return -1;
                }
                if (in.get(at) == type) {
                    return at;
                }
                at += length;
            }
            return -1;
        }

        private Lookup read() {
            ByteBuffer in = heard.buffer();
            int error = find(BackendType.ERROR_RESPONSE);
            int row = find(BackendType.DATA_ROW);
            try {
                if (error >= 0) {
                    return refused(
                            Diagnostic.parseFrom(
                                    in.get(error),
                                    in,
                                    error + Frames.HEADER,
                                    error + Frames.length(in, error)));
                }
                if (!complete()) {
                    return failed("the answer is too long, or the server has gone");
                }
                return row < 0
                        ? new Lookup.Unknown()
                        : account(
                                DataRow.parseFrom(
                                        in, row + Frames.HEADER, row + Frames.length(in, row)));
            } catch (ProtocolViolation garbled) {
                return failed(garbled.text());
            }
        }

        /** A database that is not there must look like a user that is not there. */
        private Lookup refused(Diagnostic error) {
            return error.sqlState().equals(SqlState.INVALID_DATABASE)
                    ? new Lookup.Unknown()
                    : failed(error.message());
        }

        private Lookup account(DataRow row) {
            if (row.values().size() < 2) {
                return failed("it must answer two columns, the user's name and secret");
            }
            Optional<String> name = row.values().getFirst();
            if (name.isPresent() && !name.get().equals(question.user())) {
                return failed("it answers about somebody else than was asked for");
            }
            return new Lookup.Found(Account.of(question.user(), row.values().get(1).orElse("")));
        }

        private Lookup failed(String why) {
            LOG.warn(
                    "The auth_query as {} in {} fails: {}.",
                    Quoted.of(question.asker()),
                    Quoted.of(question.database()),
                    why);
            return new Lookup.Failed(Refusal.LOGIN_NOT_CHECKED);
        }

        private void end(Lookup answer) {
            if (over) {
                return;
            }
            over = true;
            client.close(true);
            told.accept(answer);
        }
    }
}
