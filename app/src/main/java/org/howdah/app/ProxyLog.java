package org.howdah.app;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The proxy's log: lines with time and process on standard error, and in a file where one is named.
 * A thread of its own writes them; lines that it cannot keep up with are dropped rather than that a
 * loop waits for a slow disk, those of warnings and errors last.
 */
final class ProxyLog {
    private static final int LINES = 8192;

    private ProxyLog() {}

    /**
     * @param verbosity 0: as usual, 1: more, 2 and above: all
     */
    static void configure(boolean quiet, int verbosity, Optional<Path> file) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers)) {
            return;
        }
        loggers.getLogger(Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
        if (!quiet) {
            ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
            console.setTarget(ConsoleTarget.SystemErr.getName());
            console.setEncoder(encoder(loggers));
            add(loggers, console);
        }
        file.ifPresent(path -> {
            FileAppender<ILoggingEvent> appender = new FileAppender<>();
            appender.setFile(path.toString());
            appender.setEncoder(encoder(loggers));
            add(loggers, appender);
        });
        level(loggers, verbosity);
    }

    private static void add(LoggerContext loggers, Appender<ILoggingEvent> appender) {
        appender.setContext(loggers);
        appender.start();
        AsyncAppender queue = new AsyncAppender();
        queue.setContext(loggers);
        queue.setQueueSize(LINES);
        queue.setNeverBlock(true);
        queue.addAppender(appender);
        queue.start();
        loggers.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(queue);
    }

    private static PatternLayoutEncoder encoder(LoggerContext loggers) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(loggers);
        encoder.setPattern(
                "%d{yyyy-MM-dd HH:mm:ss.SSS,UTC} UTC ["
                        + ProcessHandle.current().pid()
                        + "] %-5level %msg%n%nopex");
        encoder.start();
        return encoder;
    }

    private static void level(LoggerContext loggers, int verbosity) {
        loggers.getLogger(Logger.ROOT_LOGGER_NAME)
                .setLevel(verbosity > 1 ? Level.INFO : Level.WARN);
        loggers.getLogger("org.howdah").setLevel(verbosity > 0 ? Level.DEBUG : Level.INFO);
    }

    /** Writes what is still waiting. */
    static void finish() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
            loggers.stop();
        }
    }
}
