package org.howdah.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;

/** The HTML file that a command writes at its end. */
record ReportFile(Path path) {
    /**
     * Before work begins that would be lost; leaves no file where there was none.
     *
     * @throws HowdahException (exit code 2) where the file could not be written now
     */
    void requireWritable() {
        boolean there = Files.exists(path);
        try {
            Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            if (!there) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw unwritable(ExitCode.USAGE, failure);
        }
    }

    void write(String page) {
        try {
            Files.writeString(path, page, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw unwritable(ExitCode.FAILED, failure);
        }
    }

    private HowdahException unwritable(ExitCode exitCode, IOException failure) {
        return new HowdahException(
                "report-not-written",
                "The report cannot be written to " + path,
                "Choose a directory that exists and is writable",
                exitCode,
                failure);
    }
}
