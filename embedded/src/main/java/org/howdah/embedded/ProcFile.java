package org.howdah.embedded;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Small files under {@code /proc}. Those of {@code /proc/sys} give their text to the first read
 * only, and {@code Files.readString} asks for one byte first.
 */
final class ProcFile {

    private static final int LONGEST = 4096;

    private ProcFile() {}

    static String read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            byte[] bytes = new byte[LONGEST];
            int length = in.read(bytes);
            return new String(bytes, 0, Math.max(0, length), StandardCharsets.UTF_8).strip();
        }
    }
}
