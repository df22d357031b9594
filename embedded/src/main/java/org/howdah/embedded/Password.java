package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The superuser's password, in a file beside the data in <a
 * href="https://www.postgresql.org/docs/18/libpq-pgpass.html">libpq's format</a>, so that {@code
 * passfile=} in a connection string and in {@code primary_conninfo} finds it.
 */
final class Password {

    static final String FILE = "pgpass";

    private static final String PREFIX = "*:*:*:" + Server.SUPERUSER + ":";
    private static final int BYTES = 24;

    private Password() {}

    /** URL-safe characters only: nothing to quote anywhere. */
    static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static void write(Path directory, String password, Account account) throws IOException {
        secret(directory.resolve(FILE), PREFIX + password + "\n", account);
    }

    /** A file for the eyes of the account only, from its first byte on. */
    static void secret(Path file, String text, Account account) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
        Directories.give(file, account);
    }

    static Optional<String> read(Path directory) {
        try {
            String text = Files.readString(directory.resolve(FILE)).strip();
            return text.startsWith(PREFIX)
                    ? Optional.of(text.substring(PREFIX.length()))
                    : Optional.empty();
        } catch (IOException trusting) {
            return Optional.empty();
        }
    }
}
