package org.howdah.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Passwords by host, port, database and user: lines of {@code host:port:database:user:password}, a
 * star for any, a backslash before a colon or a backslash.
 *
 * <p>https://www.postgresql.org/docs/current/libpq-pgpass.html
 */
final class PasswordFile {
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.complementOf(
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));

    private final Path file;
    private final Consumer<String> warnings;

    /**
     * @param warnings told why the file is ignored, where it is
     */
    PasswordFile(Path file, Consumer<String> warnings) {
        this.file = file;
        this.warnings = warnings;
    }

    /** The password of the first line that matches. */
    Optional<Secret> find(Dsn.Host host, String database, String user) {
        // As libpq does: entries for a socket are written "localhost".
        String name = host.isSocket() ? "localhost" : host.name();
        List<String> wanted = List.of(name, Integer.toString(host.port()), database, user);
        for (String line : lines()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> fields = fields(line);
            if (fields.size() == 5 && matches(fields, wanted)) {
                return Optional.of(new Secret(fields.get(4)));
            }
        }
        return Optional.empty();
    }

    private static boolean matches(List<String> fields, List<String> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!fields.get(i).equals("*") && !fields.get(i).equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Four fields and the password, which is the rest of the line. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private List<String> lines() {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            boolean posix = Files.getFileStore(file).supportsFileAttributeView("posix");
            if (posix && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                warnings.accept(
                        "The password file "
                                + file
                                + " is ignored because others may read it; run: chmod 0600 "
                                + file);
                return List.of();
            }
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            warnings.accept("The password file " + file + " is ignored because it cannot be read");
            return List.of();
        }
    }
}
