package org.howdah.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/**
 * A small blocking client: it logs in, then sends and receives whatever its user wants, also what
 * the protocol does not allow. For one thread, best a virtual one. Failures of the connection are
 * {@link UncheckedIOException}s; a server that is silent for longer than the patience ends the
 * connection.
 */
public final class WireClient implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int KEYS = 64;

    private final SocketAddress address;
    private final Duration patience;
    private final MessageWriter out = MessageWriter.heap(1024);
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private WireStream stream;
    private LoginChannel channel = LoginChannel.plain();
    private DataInputStream in;
    private volatile Optional<CancelKey> cancelKey = Optional.empty();
    private boolean loggedIn;
    private ProtocolVersion version = ProtocolVersion.V3_0;

    private WireClient(SocketAddress address, Duration patience, WireStream stream)
            throws IOException {
        this.address = address;
        this.patience = patience;
        this.stream = stream;
        this.in = buffered(stream.in());
    }

    private static DataInputStream buffered(InputStream from) {
        return new DataInputStream(new BufferedInputStream(from, BUFFER_BYTES));
    }

    /**
     * Connects and sends nothing.
     *
     * @param address an {@link java.net.InetSocketAddress} or a {@link
     *     java.net.UnixDomainSocketAddress}
     * @param patience the longest wait for the connection and for each read
     */
    public static WireClient connect(SocketAddress address, Duration patience) {
        return io(() -> new WireClient(address, patience, WireStream.open(address, patience)));
    }

    /** Encrypts from here on; by TCP only. */
    public WireClient startTls(WireTls tls, ChannelBindingPolicy policy) {
        if (!(stream instanceof WireStream.Tcp(var socket))) {
            throw new IllegalStateException("There is no TLS on a unix socket.");
        }
        return io(() -> {
            if (!tls.direct()) {
                request(new SslRequest());
            }
            SSLSocket encrypted = tls.over(socket);
            stream = new WireStream.Tcp(encrypted);
            in = buffered(stream.in());
            channel = LoginChannel.encrypted(WireTls.binding(encrypted), policy);
            return this;
        });
    }

    /** Past the buffer: a byte behind the answer would have come from somebody in the middle. */
    private void request(SslRequest request) throws IOException {
        send(request::writeTo);
        int answer = stream.in().read();
        if (answer != StartupPacket.TLS_FOLLOWS) {
            throw new IOException("The server does not encrypt.");
        }
    }

    /**
     * Logs in; returns when the server is ready.
     *
     * @throws ServerError when the server refuses
     * @throws ProtocolViolation when it asks for what the credentials are not good for
     */
    public WireClient login(StartupMessage startup, Credentials credentials) {
        ClientLogin login =
                new ClientLogin(
                        startup.user(),
                        credentials,
                        channel,
                        new ScramHash(),
                        new ScramKeyCache(KEYS),
                        new SecureRandom());
        version = startup.version();
        send(startup::writeTo);
        boolean accepted = false;
        while (true) {
            Frame frame = receive();
            if (frame.is(BackendType.AUTHENTICATION)) {
                MessageWriter answer = MessageWriter.heap(256);
                accepted = login.answer(frame.as(Authentication::parseFrom), answer);
                sendBytes(answer.toByteArray());
            } else if (frame.is(BackendType.ERROR_RESPONSE)) {
                throw new ServerError(frame.diagnostic());
            } else if (frame.is(BackendType.NEGOTIATE_PROTOCOL_VERSION)) {
                negotiated(frame.as(NegotiateProtocolVersion::parseFrom), startup);
            } else if (accepted && frame.is(BackendType.READY_FOR_QUERY)) {
                loggedIn = true;
                return this;
            } else if (!accepted && !frame.is(BackendType.NOTICE_RESPONSE)) {
                throw ProtocolViolation.of("unexpected " + frame + " before the login");
            }
        }
    }

    private void negotiated(NegotiateProtocolVersion answer, StartupMessage asked) {
        if (!answer.answers(asked)) {
            throw ProtocolViolation.of("invalid NegotiateProtocolVersion: " + answer);
        }
        version = answer.version();
    }

    /** Sends messages in one write: {@code client.send(new Query("…")::writeTo)}. */
    public void send(Consumer<MessageWriter> messages) {
        messages.accept(out.clear());
        sendBytes(out.toByteArray());
    }

    /** Sends bytes as they are, message or not. */
    public void sendBytes(byte[] bytes) {
        io(() -> {
            OutputStream to = stream.out();
            to.write(bytes);
            to.flush();
            return this;
        });
    }

    /** The next message; it notes parameters and the cancel key as they pass. */
    public Frame receive() {
        return receiveOrEnd()
                .orElseThrow(() ->
                        new UncheckedIOException(
                                new EOFException("The server closed the connection.")));
    }

    /** The next message; empty when the server has closed the connection between two. */
    public Optional<Frame> receiveOrEnd() {
        return io(() -> {
            int type = in.read();
            if (type < 0) {
                return Optional.empty();
            }
            byte[] header = new byte[FrameHeader.BYTES];
            header[0] = (byte) type;
            in.readFully(header, 1, FrameHeader.BYTES - 1);
            int bytes = FrameHeader.backendBytes(ByteBuffer.wrap(header), 0);
            byte[] body = new byte[bytes - FrameHeader.BYTES];
            in.readFully(body);
            return Optional.of(noted(new Frame((byte) type, new Payload(body))));
        });
    }

    private Frame noted(Frame frame) {
        if (frame.is(BackendType.PARAMETER_STATUS)) {
            ParameterStatus status = frame.as(ParameterStatus::parseFrom);
            parameters.put(status.name(), status.value());
        } else if (frame.is(BackendType.BACKEND_KEY_DATA)) {
            cancelKey = Optional.of(frame.as(BackendKeyData::parseFrom).key());
        }
        return frame;
    }

    /** Everything up to and with the next ReadyForQuery, errors too. */
    public List<Frame> receiveUntilReady() {
        List<Frame> frames = new ArrayList<>();
        Frame frame;
        do {
            frame = receive();
            frames.add(frame);
        } while (!frame.is(BackendType.READY_FOR_QUERY));
        return frames;
    }

    /** Runs statements by a simple query; the answer may hold errors. */
    public List<Frame> query(String sql) {
        send(new Query(sql)::writeTo);
        return receiveUntilReady();
    }

    /**
     * The first value of the first row of a query.
     *
     * @throws ServerError when there is an error among the answers
     */
    public Optional<String> value(String sql) {
        List<Frame> answer = query(sql);
        for (Frame frame : answer) {
            if (frame.is(BackendType.ERROR_RESPONSE)) {
                throw new ServerError(frame.diagnostic());
            }
        }
        return answer.stream()
                .filter(frame -> frame.is(BackendType.DATA_ROW))
                .findFirst()
                .flatMap(frame -> frame.as(DataRow::parseFrom).values().getFirst());
    }

    /**
     * Asks, by a connection of its own, to cancel what this one does; returns when the server has
     * closed that connection. Any thread.
     */
    public void cancel() {
        cancel(address, patience, cancelKey.orElseThrow());
    }

    /** Sends a request to cancel and waits until the server has closed the connection. */
    public static void cancel(SocketAddress address, Duration patience, CancelKey key) {
        try (WireClient client = connect(address, patience)) {
            client.send(new CancelRequest(key)::writeTo);
            client.receiveOrEnd();
        }
    }

    /** As last reported by the server. */
    public Map<String, String> parameters() {
        return Map.copyOf(parameters);
    }

    public Optional<CancelKey> cancelKey() {
        return cancelKey;
    }

    /** What was agreed on. */
    public ProtocolVersion version() {
        return version;
    }

    /** Ends without a word; on TCP with a reset. */
    public void abort() {
        io(() -> {
            stream.abort();
            return this;
        });
    }

    /** Says Terminate, if that still gets through, and closes. */
    @Override
    public void close() {
        if (loggedIn) {
            try {
                send(FixedMessage.TERMINATE::writeTo);
            } catch (UncheckedIOException gone) {
                // Nobody is there to hear it.
            }
        }
        io(() -> {
            stream.close();
            return this;
        });
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T io(Work<T> work) {
        try {
            return work.run();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
