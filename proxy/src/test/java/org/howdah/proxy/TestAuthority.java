package org.howdah.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority that signs certificates for tests, by the JDK's own tool. */
record TestAuthority(Path directory) {

    private static final String SECRET = "changeit";

    static TestAuthority in(Path directory) {
        keytool(
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=authority",
                "-ext",
                "bc:c",
                "-keystore",
                store(directory, "ca"));
        TestAuthority authority = new TestAuthority(directory);
        authority.write(
                "ca.crt", authority.pem("CERTIFICATE", encoded(authority.certificate("ca"))));
        return authority;
    }

    /** The authority's certificate. */
    Path file() {
        return directory.resolve("ca.crt");
    }

    /** A key with its certificate, as files {@code name.key} and {@code name.crt}. */
    Issued issue(String name, String commonName, String algorithm, String... extensions) {
        String store = store(directory, name);
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + commonName,
                "-keystore",
                store);
        Path request = directory.resolve(name + ".csr");
        Path signed = directory.resolve(name + ".crt");
        keytool("-certreq", "-alias", name, "-keystore", store, "-file", request.toString());
        List<String> signing =
                new ArrayList<>(
                        List.of(
                                "-gencert",
                                "-rfc",
                                "-alias",
                                "ca",
                                "-keystore",
                                store(directory, "ca"),
                                "-infile",
                                request.toString(),
                                "-outfile",
                                signed.toString()));
        for (String extension : extensions) {
            signing.add("-ext");
            signing.add(extension);
        }
        keytool(signing.toArray(String[]::new));
        Path key = write(name + ".key", pem("PRIVATE KEY", key(name).getEncoded()));
        return new Issued(this, name, key, signed);
    }

    /** A key with a certificate. */
    record Issued(TestAuthority authority, String name, Path key, Path certificate) {

        /** Of a client that trusts the authority and shows this certificate. */
        SSLContext context() {
            return authority.context(name);
        }
    }

    /** Of a client that trusts this authority and shows nothing. */
    SSLContext context() {
        return context("");
    }

    private SSLContext context(String shown) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", certificate("ca"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            if (!shown.isEmpty()) {
                try (InputStream chain = Files.newInputStream(directory.resolve(shown + ".crt"))) {
                    Certificate certificate =
                            java.security.cert.CertificateFactory.getInstance("X.509")
                                    .generateCertificate(chain);
                    own.setKeyEntry(
                            "own",
                            key(shown),
                            SECRET.toCharArray(),
                            new Certificate[] {certificate});
                }
            }
            keys.init(own, SECRET.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Path write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.deleteIfExists(file);
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, text);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String pem(String label, byte[] bytes) {
        byte[] newline = {'\n'};
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, Base64.getMimeEncoder(64, newline).encodeToString(bytes), label);
    }

    private X509Certificate certificate(String name) {
        try {
            return (X509Certificate) load(name).getCertificate(name);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Key key(String name) {
        try {
            return Objects.requireNonNull(load(name).getKey(name, SECRET.toCharArray()));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private KeyStore load(String name) {
        try (InputStream in = Files.newInputStream(Path.of(store(directory, name)))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, SECRET.toCharArray());
            return store;
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String store(Path directory, String name) {
        return directory.resolve(name + ".p12").toString();
    }

    private static void keytool(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", SECRET));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
