package org.howdah.embedded;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** What an exception of the file system says, in words. */
final class Causes {

    private Causes() {}

    static String text(Exception cause) {
        return switch (cause) {
            case AccessDeniedException denied -> "permission denied on " + denied.getFile() + ".";
            case FileSystemException failed when failed.getReason() != null ->
                    failed.getReason() + " (" + failed.getFile() + ").";
            default -> String.valueOf(cause.getMessage()) + ".";
        };
    }
}
