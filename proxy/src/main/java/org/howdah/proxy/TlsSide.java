package org.howdah.proxy;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.howdah.transport.TlsAgreement;
import org.howdah.wire.ChannelBinding;
import org.howdah.wire.StartupPacket;

/**
 * TLS on one side of the proxy, with its keys and certificates read. A reload replaces it; who is
 * connected keeps the former.
 */
final class TlsSide {

    private final TlsSettings settings;
    private final SSLContext context;

    TlsSide(TlsSettings settings, SSLContext context) {
        this.settings = settings;
        this.context = context;
    }

    TlsSettings.Mode mode() {
        return settings.mode();
    }

    /** Towards a client. */
    SSLEngine accepting() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = parameters(engine);
        parameters.setUseCipherSuitesOrder(true);
        if (verifies()) {
            parameters.setNeedClientAuth(true);
        } else if (settings.authorities().isPresent()) {
            parameters.setWantClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /**
     * Towards a server.
     *
     * @param host as the settings name it
     */
    SSLEngine dialing(String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters(engine);
        if (settings.mode() == TlsSettings.Mode.VERIFY_FULL) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private SSLParameters parameters(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {StartupPacket.ALPN});
        parameters.setProtocols(
                settings.protocols().isEmpty()
                        ? new String[] {"TLSv1.3", "TLSv1.2"}
                        : settings.protocols().toArray(String[]::new));
        if (!settings.ciphers().isEmpty()) {
            parameters.setCipherSuites(settings.ciphers().toArray(String[]::new));
        }
        return parameters;
    }

    private boolean verifies() {
        return switch (settings.mode()) {
            case VERIFY_CA, VERIFY_FULL -> true;
            case DISABLE, ALLOW, PREFER, REQUIRE -> false;
        };
    }

    /** Whether a client may not come in without TLS, but for a unix socket. */
    boolean demanded() {
        return settings.mode() == TlsSettings.Mode.REQUIRE || verifies();
    }

    /** What is known of a client with which this was agreed on. */
    static Encryption ofClient(TlsAgreement agreement) {
        Optional<ChannelBinding> binding = agreement.ownCertificate().flatMap(ChannelBinding::of);
        return new Encryption(true, binding, agreement.peerCertificate());
    }
}
