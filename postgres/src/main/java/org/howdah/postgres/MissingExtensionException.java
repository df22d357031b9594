package org.howdah.postgres;

/** A query needs an extension that this database does not have. */
public final class MissingExtensionException extends HowdahException {
    private final String extension;

    MissingExtensionException(String extension) {
        super(
                "extension-missing",
                "The extension " + extension + " is not installed in this database",
                "Run: CREATE EXTENSION " + extension,
                ExitCode.FAILED);
        this.extension = extension;
    }

    String reason() {
        return "the extension " + extension + " is not installed in this database";
    }

    String statement() {
        return "CREATE EXTENSION " + extension;
    }
}
