package org.howdah.proxy;

/** The version of PgBouncer whose console ours answers like. */
final class ConsoleVersion {

    static final String NUMBER = "1.25.2";

    private ConsoleVersion() {}
}
