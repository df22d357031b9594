package org.howdah.pgbouncer;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;
import org.howdah.proxy.Quoted;

/** A file of text, or the problem with it. */
final class TextFile {
    /** A configuration that is longer is something else. */
    private static final long MOST_BYTES = 64L << 20;

    private TextFile() {}

    /**
     * @param what what it is, such as {@code auth_file}, for the message
     * @param named where it was named
     */
    static Optional<String> read(Path file, String what, Position named, Problems problems) {
        String name = Quoted.of(file.toString());
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
                problems.error(
                        named,
                        "%s %s is longer than 64 MB".formatted(what, name),
                        "Name the right file");
                return Optional.empty();
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            if (text.indexOf('\0') >= 0) {
                problems.error(
                        named,
                        "%s %s is no text: it has a zero byte".formatted(what, name),
                        "Name the right file");
                return Optional.empty();
            }
            return Optional.of(text);
        } catch (IOException failure) {
            problems.error(
                    named,
                    "%s %s cannot be read: %s".formatted(what, name, reason(failure)),
                    "Correct the name or the permissions");
            return Optional.empty();
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "it does not exist";
            case AccessDeniedException _ -> "permission is denied";
            case CharacterCodingException _ -> "it is not UTF-8";
            default -> "it is no file, or its disk fails";
        };
    }
}
