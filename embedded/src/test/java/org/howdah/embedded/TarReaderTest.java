package org.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarReaderTest {

    @TempDir private Path target;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    @Test
    void unpacksFilesDirectoriesAndLinks() throws IOException {
        entry("bin/", '5', 0755, "", "");
        entry("bin/run", '0', 0755, "#!/bin/sh\n", "");
        entry("share/text", '0', 0600, "words", "");
        entry("bin/same", '2', 0777, "", "run");
        unpack();
        assertThat(target.resolve("bin/run")).hasContent("#!/bin/sh\n").isExecutable();
        assertThat(target.resolve("share/text")).hasContent("words");
        assertThat(Files.isExecutable(target.resolve("share/text"))).isFalse();
        assertThat(Files.readSymbolicLink(target.resolve("bin/same"))).hasToString("run");
    }

    @Test
    void readsLongNames() throws IOException {
        String name = "share/" + "n".repeat(120);
        entry("././@LongLink", 'L', 0, name + "\0", "");
        entry(name.substring(0, 99), '0', 0644, "x", "");
        unpack();
        assertThat(target.resolve(name)).hasContent("x");
    }

    @Test
    void refusesToLeaveTheDirectory() throws IOException {
        entry("../escape", '0', 0644, "x", "");
        assertThatThrownBy(this::unpack)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("../escape");
    }

    @Test
    void refusesLinksThatLeaveTheDirectory() throws IOException {
        entry("link", '2', 0777, "", "../../etc");
        assertThatThrownBy(this::unpack)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("outside");
    }

    @Test
    void noticesACutArchive() throws IOException {
        entry("file", '0', 0644, "x".repeat(2000), "");
        byte[] cut = Arrays.copyOf(archive.toByteArray(), 1024);
        assertThatThrownBy(() -> new TarReader(new ByteArrayInputStream(cut), target).unpack())
                .isInstanceOf(EOFException.class);
    }

    private void unpack() throws IOException {
        archive.write(new byte[1024]);
        new TarReader(new ByteArrayInputStream(archive.toByteArray()), target).unpack();
    }

    private void entry(String name, char type, int mode, String content, String link)
            throws IOException {
        byte[] header = new byte[512];
        byte[] body = content.getBytes(StandardCharsets.UTF_8);
        put(header, 0, name);
        put(header, 100, "%07o".formatted(mode));
        put(header, 124, "%011o".formatted(body.length));
        header[156] = (byte) type;
        put(header, 157, link);
        archive.write(header);
        archive.write(body);
        archive.write(new byte[(512 - body.length % 512) % 512]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
