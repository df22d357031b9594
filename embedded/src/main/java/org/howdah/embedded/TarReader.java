package org.howdah.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Unpacks a tar stream (ustar with GNU long names): directories, files and symbolic links with
 * their permissions; refuses names that would leave the directory. <a
 * href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">The format.</a>
 */
final class TarReader {

    private static final int BLOCK = 512;

    private final InputStream in;
    private final Path target;

    TarReader(InputStream in, Path target) {
        this.in = in;
        this.target = target.toAbsolutePath().normalize();
    }

    void unpack() throws IOException {
        String longName = "";
        String longLink = "";
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK) {
                throw new EOFException("the archive ends in the middle of an entry");
            }
            if (header[0] == 0) {
                return;
            }
            long size = octal(header, 124, 12);
            char type = (char) header[156];
            if (type == 'L') {
                longName = text(readLong(size), 0, (int) size);
                continue;
            }
            if (type == 'K') {
                longLink = text(readLong(size), 0, (int) size);
                continue;
            }
            String name = longName.isEmpty() ? name(header) : longName;
            String link = longLink.isEmpty() ? text(header, 157, 100) : longLink;
            longName = "";
            longLink = "";
            entry(inside(name), type, (int) octal(header, 100, 8), size, link);
        }
    }

    private void entry(Path path, char type, int mode, long size, String link) throws IOException {
        switch (type) {
            case '5' -> Files.createDirectories(path);
            case '2' -> {
                inside(target.relativize(path.resolveSibling(link)).toString());
                Files.createDirectories(path.getParent());
                Files.createSymbolicLink(path, Path.of(link));
            }
            case '1' -> Files.createLink(path, inside(link));
            case '0', '\0' -> {
                Files.createDirectories(path.getParent());
                try (OutputStream out = Files.newOutputStream(path)) {
                    copy(size, out);
                }
                skipPadding(size);
            }
            default -> in.skipNBytes(padded(size));
        }
        if (type == '5') {
            // Everybody may look inside: the account that runs the server is another one than ours.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        } else if (type == '0' || type == '\0') {
            boolean executable = (mode & 0100) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private void copy(long size, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = size;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the archive ends in the middle of a file");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private byte[] readLong(long size) throws IOException {
        byte[] content = in.readNBytes(Math.toIntExact(size));
        skipPadding(size);
        return content;
    }

    private void skipPadding(long size) throws IOException {
        in.skipNBytes(padded(size) - size);
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private Path inside(String name) throws IOException {
        Path path = target.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("the archive holds a path outside itself: " + name);
        }
        return path;
    }

    private static String name(byte[] header) {
        String prefix = text(header, 345, 155);
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int from, int length) {
        String digits = text(header, from, length).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
}
