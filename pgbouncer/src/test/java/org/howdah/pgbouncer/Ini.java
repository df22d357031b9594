package org.howdah.pgbouncer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.howdah.proxy.Problem;
import org.howdah.proxy.Problems;
import org.howdah.proxy.ProxySettings;
import org.howdah.proxy.RawSettings;
import org.howdah.proxy.SettingsBuilder;
import org.howdah.proxy.SettingsException;

/** Files in a directory of a test, read as the program reads them. */
record Ini(Path directory, Map<String, String> environment) {

    Ini(Path directory) {
        this(directory, Map.of());
    }

    Ini write(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    RawSettings raw(String text, Problems problems) {
        write("pgbouncer.ini", text);
        return IniFile.read("pgbouncer.ini", directory, problems);
    }

    SettingsBuilder.Built build(String text) {
        Problems problems = new Problems();
        return SettingsBuilder.build(
                raw(text, problems), new LoginFiles(directory, environment), problems);
    }

    ProxySettings settings(String text) {
        return build(text).settings();
    }

    /** All errors with their hints, as lines. */
    List<String> errors(String text) {
        try {
            build(text);
            return List.of();
        } catch (SettingsException wrong) {
            return wrong.errors().stream().map(Problem::toString).toList();
        }
    }

    List<String> remarks(String text) {
        return build(text).remarks().stream().map(Problem::toString).toList();
    }
}
