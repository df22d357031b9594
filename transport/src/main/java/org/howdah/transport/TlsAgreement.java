package org.howdah.transport;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What two peers have agreed on in a TLS handshake.
 *
 * @param protocol such as "TLSv1.3"
 * @param cipherSuite such as "TLS_AES_128_GCM_SHA256"
 * @param applicationProtocol by ALPN, such as "postgresql"; empty when nothing was agreed on
 * @param peerCertificate the one that the peer has shown; a client knows the server by it, and
 *     channel binding is to it
 * @param ownCertificate the one that we have shown
 */
public record TlsAgreement(
        String protocol,
        String cipherSuite,
        String applicationProtocol,
        Optional<X509Certificate> peerCertificate,
        Optional<X509Certificate> ownCertificate) {

    static TlsAgreement of(SSLEngine engine) {
        SSLSession session = engine.getSession();
        String application = engine.getApplicationProtocol();
        return new TlsAgreement(
                session.getProtocol(),
                session.getCipherSuite(),
                application == null ? "" : application,
                shownByPeer(session),
                first(session.getLocalCertificates()));
    }

    private static Optional<X509Certificate> shownByPeer(SSLSession session) {
        try {
            return first(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    private static Optional<X509Certificate> first(Certificate @Nullable [] chain) {
        return chain != null && chain.length > 0 && chain[0] instanceof X509Certificate first
                ? Optional.of(first)
                : Optional.empty();
    }
}
