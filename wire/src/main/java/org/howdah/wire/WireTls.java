package org.howdah.wire;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * How a {@link WireClient} encrypts.
 *
 * @param context trusts, and has a certificate of its own where one is wanted
 * @param host for the server's choice of a certificate
 * @param verifyHost whether that name must stand in the certificate
 * @param direct without asking first (PostgreSQL 17)
 */
public record WireTls(SSLContext context, String host, boolean verifyHost, boolean direct) {

    SSLSocket over(Socket socket) throws IOException {
        SSLSocket tls =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(socket, host, socket.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        if (verifyHost) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (direct) {
            parameters.setApplicationProtocols(new String[] {StartupPacket.ALPN});
        }
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        if (direct && !StartupPacket.ALPN.equals(tls.getApplicationProtocol())) {
            throw new IOException("The server does not speak PostgreSQL's protocol within TLS.");
        }
        return tls;
    }

    static Optional<ChannelBinding> binding(SSLSocket tls) {
        try {
            return tls.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? ChannelBinding.of(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException anonymous) {
            return Optional.empty();
        }
    }
}
