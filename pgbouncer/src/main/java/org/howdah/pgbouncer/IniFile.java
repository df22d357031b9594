package org.howdah.pgbouncer;

import java.nio.file.Path;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;
import org.howdah.proxy.RawSettings;

/**
 * Reads {@code pgbouncer.ini}: sections, {@code key = value} lines, comments on lines of their own,
 * {@code %include}. Source: https://www.pgbouncer.org/config.html
 */
public final class IniFile {
    private IniFile() {}

    /**
     * What the file says; every mistake in its form is a problem.
     *
     * @param file as it was named
     * @param directory the working directory, which relative names are about, those of included
     *     files too
     */
    public static RawSettings read(String file, Path directory, Problems problems) {
        IniSections sections = new IniSections(file, directory, problems);
        boolean read = new IniReader(directory, sections, problems).read(file, 0, here(file));
        return read ? sections.settings() : RawSettings.empty(file);
    }

    private static Position here(String file) {
        return new Position(file, 0);
    }
}
