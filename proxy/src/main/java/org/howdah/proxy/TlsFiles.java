package org.howdah.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Reads the keys and certificates that settings name. */
final class TlsFiles {

    private static final char[] UNUSED = "unused".toCharArray();

    private TlsFiles() {}

    /**
     * Towards clients; empty when there is to be no TLS.
     *
     * @throws SettingsException when a file cannot be read or used
     */
    static Optional<TlsSide> clients(TlsSettings tls) {
        return tls.mode() == TlsSettings.Mode.DISABLE
                ? Optional.empty()
                : Optional.of(tried("client_tls", tls, TlsSide::accepting));
    }

    /**
     * Towards servers; empty when there is to be no TLS.
     *
     * @throws SettingsException when a file cannot be read or used
     */
    static Optional<TlsSide> servers(TlsSettings tls) {
        return tls.mode() == TlsSettings.Mode.DISABLE
                ? Optional.empty()
                : Optional.of(tried("server_tls", tls, side -> side.dialing("localhost", 1)));
    }

    /** What Java does not have is to be known now, and not when the first client comes. */
    private static TlsSide tried(
            String name, TlsSettings tls, Function<TlsSide, SSLEngine> engine) {
        TlsSide side = new TlsSide(tls, context(name, tls));
        try {
            boolean ignored = engine.apply(side).getUseClientMode();
            return side;
        } catch (IllegalArgumentException unknown) {
            throw wrong(
                    "%s_ciphers or %s_protocols has what this Java does not have: %s"
                            .formatted(name, name, unknown.getMessage()));
        }
    }

    private static SSLContext context(String side, TlsSettings tls) {
        try {
            KeyManager[] keys =
                    tls.key().isPresent() && tls.certificate().isPresent()
                            ? keys(side, tls.key().get(), tls.certificate().get())
                            : new KeyManager[0];
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust(side, tls), null);
            // A client comes once and stays: what is kept for its return is only memory.
            context.getServerSessionContext().setSessionCacheSize(1);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw wrong(side + "_sslmode cannot be had: " + unusable.getMessage());
        }
    }

    private static KeyManager[] keys(String side, Path keyFile, Path certificateFile)
            throws GeneralSecurityException {
        PrivateKey key = read(side + "_key_file", keyFile, Pem::privateKey);
        List<X509Certificate> chain = read(side + "_cert_file", certificateFile, Pem::certificates);
        if (!key.getAlgorithm().equals(chain.getFirst().getPublicKey().getAlgorithm())) {
            throw wrong(
                    "%s_key_file %s is not the key of the certificate in %s"
                            .formatted(side, keyFile, certificateFile));
        }
        KeyStore store = empty();
        store.setKeyEntry("own", key, UNUSED, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, UNUSED);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(String side, TlsSettings tls)
            throws GeneralSecurityException {
        boolean verifies =
                tls.mode() == TlsSettings.Mode.VERIFY_CA
                        || tls.mode() == TlsSettings.Mode.VERIFY_FULL;
        boolean toServers = side.startsWith("server");
        if (verifies && tls.authorities().isEmpty()) {
            throw wrong(side + "_sslmode demands verified certificates, but not by whom");
        }
        if (toServers && !verifies) {
            return new TrustManager[] {new TrustAll()};
        }
        KeyStore store = empty();
        if (tls.authorities().isPresent()) {
            List<X509Certificate> authorities =
                    read(side + "_ca_file", tls.authorities().get(), Pem::certificates);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority" + i, authorities.get(i));
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException impossible) {
            throw new IllegalStateException("nothing is read here", impossible);
        }
        return store;
    }

    private interface Reading<T> {
        T read(String text) throws GeneralSecurityException;
    }

    private static <T> T read(String key, Path file, Reading<T> reading) {
        try {
            return reading.read(Files.readString(file));
        } catch (NoSuchFileException missing) {
            throw wrong("%s names %s, which is not there".formatted(key, file));
        } catch (IOException unreadable) {
            throw wrong("%s %s cannot be read".formatted(key, file));
        } catch (GeneralSecurityException unusable) {
            throw wrong("%s %s cannot be used: %s".formatted(key, file, unusable.getMessage()));
        }
    }

    private static SettingsException wrong(String sentence) {
        return new SettingsException(
                List.of(
                        new Problem(
                                Problem.Weight.ERROR,
                                new Position("TLS", 0),
                                sentence,
                                "Name files in PEM: a certificate with its chain, its key without"
                                        + " a password, and the authorities' certificates")));
    }
}
