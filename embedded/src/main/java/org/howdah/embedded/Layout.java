package org.howdah.embedded;

import java.nio.file.Path;

/** What lies where in the directory of a server. */
record Layout(Path directory) {

    Layout {
        directory = directory.toAbsolutePath().normalize();
    }

    Path data() {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("server.log");
    }

    Path password() {
        return directory.resolve(Password.FILE);
    }
}
