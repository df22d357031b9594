package org.howdah.app;

import java.nio.file.Path;
import java.util.Locale;
import org.howdah.pgbouncer.IniFile;
import org.howdah.pgbouncer.LoginFiles;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.proxy.Problems;
import org.howdah.proxy.RawSettings;
import org.howdah.proxy.SettingsBuilder;

/** What a proxy is told, from PgBouncer's file or from the section {@code proxy} of ours. */
final class ProxySettingsFile {
    private final Surroundings surroundings;

    ProxySettingsFile(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Reads a file and all that it names; names ending in {@code .yaml} or {@code .yml} are ours.
     *
     * @throws HowdahException (exit code 2) with all that is wrong
     */
    SettingsBuilder.Built read(String file) {
        Problems problems = new Problems();
        return build(raw(file, problems), problems);
    }

    /** Reads anew what {@code running} was made from; what only a start may change stays. */
    SettingsBuilder.Built reload(SettingsBuilder.Built running) {
        Problems problems = new Problems();
        RawSettings read = raw(running.raw().nextFile(), problems);
        return build(read.reloadedOver(running.raw(), problems), problems);
    }

    /** What is written in the file, before it is judged. */
    RawSettings raw(String file, Problems problems) {
        String name = file.toLowerCase(Locale.ROOT);
        if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
            return IniFile.read(file, surroundings.directory(), problems);
        }
        Path path = surroundings.directory().resolve(file);
        ProxySection section =
                ConfigurationFile.read(path)
                        .proxy()
                        .orElseThrow(() ->
                                new HowdahException(
                                        "proxy-not-configured",
                                        "The configuration file %s has no section proxy"
                                                .formatted(path),
                                        "Add it, or write it from PgBouncer's file with: "
                                                + "howdah proxy convert pgbouncer.ini",
                                        ExitCode.USAGE));
        problems.addAll(section.problems());
        return section.settings();
    }

    SettingsBuilder.Built build(RawSettings raw, Problems problems) {
        return SettingsBuilder.build(
                raw,
                new LoginFiles(surroundings.directory(), surroundings.environment().variables()),
                problems);
    }
}
