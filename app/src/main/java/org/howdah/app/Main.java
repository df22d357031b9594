package org.howdah.app;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Where the process begins and, nowhere else, ends. */
public final class Main {
    // Held: the JDK forgets the level of a logger that nobody holds.
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private Main() {}

    public static void main(String[] args) {
        // What matters of the database driver's messages is in its exceptions.
        DRIVER.setLevel(Level.OFF);
        ProcessInterruption interruption = new ProcessInterruption();
        interruption.end(CommandLineInterface.run(Surroundings.ofProcess(interruption), args));
    }
}
