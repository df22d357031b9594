package org.howdah.app;

/** Where the process begins and, nowhere else, ends. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(CommandLineInterface.run(Surroundings.ofProcess(), args));
    }
}
