package org.howdah.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server that can do nothing but log in one user, by SCRAM. */
final class LoginOnly implements AutoCloseable {

    private final ServerSocket listener;
    private final Optional<TestCertificate> certificate;
    private final Map<String, Payload> passwords;
    private final ScramHash hash = new ScramHash();
    private final ScramServer scram =
            new ScramServer(hash, new SecureRandom(), Payload.of("secret"), 4096);
    private final ScramKeyCache cache = new ScramKeyCache(4);
    private volatile String mechanism = "";

    private LoginOnly(
            ServerSocket listener,
            Optional<TestCertificate> certificate,
            Map<String, Payload> passwords) {
        this.listener = listener;
        this.certificate = certificate;
        this.passwords = passwords;
    }

    static LoginOnly start(Optional<TestCertificate> certificate, String user, String password)
            throws IOException {
        ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Map<String, Payload> passwords = Map.of(user, Payload.of(password));
        LoginOnly server = new LoginOnly(listener, certificate, passwords);
        Thread.ofVirtual().start(server::serve);
        return server;
    }

    String url() {
        return "jdbc:postgresql://localhost:" + listener.getLocalPort() + "/test";
    }

    /** That the last client chose. */
    String mechanism() {
        return mechanism;
    }

    private void serve() {
        try {
            while (true) {
                try (Socket client = listener.accept()) {
                    session(client);
                } catch (EOFException gone) {
                    // The client has left; the next one comes.
                }
            }
        } catch (IOException | GeneralSecurityException closed) {
            // The listener was closed.
        }
    }

    private void session(Socket client) throws IOException, GeneralSecurityException {
        StartupPacket packet = startup(client);
        if (packet instanceof SslRequest && certificate.isPresent()) {
            client.getOutputStream().write(StartupPacket.TLS_FOLLOWS);
            SSLSocket tls =
                    (SSLSocket)
                            context(certificate.get())
                                    .getSocketFactory()
                                    .createSocket(client, "localhost", client.getPort(), true);
            tls.setUseClientMode(false);
            login(tls, startup(tls), ChannelBinding.of(certificate.get().certificate()));
        } else if (packet instanceof SslRequest) {
            client.getOutputStream().write(StartupPacket.NO_ENCRYPTION);
            login(client, startup(client), Optional.empty());
        } else {
            login(client, packet, Optional.empty());
        }
    }

    private static SSLContext context(TestCertificate own) throws GeneralSecurityException {
        char[] password = {'x'};
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(
                    "t",
                    own.key(),
                    password,
                    new java.security.cert.Certificate[] {own.certificate()});
            KeyManagerFactory factory =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (IOException impossible) {
            throw new GeneralSecurityException(impossible);
        }
    }

    private static StartupPacket startup(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] packet = new byte[StartupPacket.LENGTH_BYTES];
        in.readFully(packet);
        int bytes = StartupPacket.bytes(ByteBuffer.wrap(packet), 0);
        ByteBuffer whole = ByteBuffer.allocate(bytes).put(packet);
        in.readFully(whole.array(), packet.length, bytes - packet.length);
        return StartupPacket.parseFrom(whole, 0, bytes);
    }

    private static ByteBuffer password(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] header = new byte[FrameHeader.BYTES];
        in.readFully(header);
        int bytes = FrameHeader.frontendBytes(ByteBuffer.wrap(header), 0);
        byte[] body = new byte[bytes - FrameHeader.BYTES];
        in.readFully(body);
        return ByteBuffer.wrap(body);
    }

    private void login(Socket client, StartupPacket packet, Optional<ChannelBinding> binding)
            throws IOException {
        StartupMessage startup = (StartupMessage) packet;
        String user = startup.user();
        OutputStream to = client.getOutputStream();
        ScramExchange exchange =
                passwords.containsKey(user)
                        ? scram.begin(scram.verifierOf(user, passwords.get(user), cache), binding)
                        : scram.beginUnknown(user, binding);
        MessageWriter out = MessageWriter.heap(256);
        NegotiateProtocolVersion.answer(startup, ProtocolVersion.V3_2)
                .ifPresent(answer -> answer.writeTo(out));
        exchange.offer().writeTo(out);
        flush(out, to);
        ByteBuffer first = password(client);
        SaslInitialResponse chosen = SaslInitialResponse.parseFrom(first, 0, first.limit());
        mechanism = chosen.mechanism();
        new Authentication.SaslContinue(exchange.clientFirst(chosen)).writeTo(out);
        flush(out, to);
        ByteBuffer last = password(client);
        switch (exchange.clientFinal(SaslResponse.parseFrom(last, 0, last.limit()))) {
            case ScramOutcome.Accepted accepted -> {
                new Authentication.SaslFinal(accepted.serverFinal()).writeTo(out);
                welcome(out);
                flush(out, to);
                password(client);
            }
            case ScramOutcome.Refused() -> {
                String message = "password authentication failed for user \"" + user + "\"";
                Diagnostic.fatal(SqlState.INVALID_PASSWORD, message).writeTo(out);
                flush(out, to);
            }
        }
    }

    private static void welcome(MessageWriter out) {
        FixedMessage.AUTHENTICATION_OK.writeTo(out);
        Map<String, String> parameters =
                Map.of(
                        "server_version", "18.0",
                        "client_encoding", "UTF8",
                        "server_encoding", "UTF8",
                        "DateStyle", "ISO, MDY",
                        "integer_datetimes", "on",
                        "standard_conforming_strings", "on",
                        "TimeZone", "UTC");
        parameters.forEach((name, value) -> new ParameterStatus(name, value).writeTo(out));
        new BackendKeyData(CancelKey.of(1, new byte[4])).writeTo(out);
        FixedMessage.READY_IDLE.writeTo(out);
    }

    private static void flush(MessageWriter out, OutputStream to) throws IOException {
        to.write(out.toByteArray());
        to.flush();
        out.clear();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
