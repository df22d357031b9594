package org.howdah.embedded;

import java.io.IOException;
import java.io.InputStream;

/** A packed PostgreSQL (tar.xz), from the class path or a jar in a directory. */
interface Archive {

    /** Names the content: size and checksum, without reading it where the jar tells them. */
    String key() throws IOException;

    InputStream open() throws IOException;
}
