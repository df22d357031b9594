package org.howdah.report;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the place that output goes to can show.
 *
 * @param width columns in a line, at least {@value #MIN_WIDTH}
 * @param colors whether colors may be used
 * @param unicode whether lines and blocks outside ASCII can be shown
 * @param interactive whether a line may be drawn again (progress bars) and questions may be asked
 */
public record Terminal(int width, boolean colors, boolean unicode, boolean interactive) {

    /** The width used where none is known: output that goes to a file or a pipe. */
    public static final int DEFAULT_WIDTH = 100;

    static final int MIN_WIDTH = 40;
    private static final String ESCAPE = "\u001b[";

    public Terminal {
        width = Math.max(MIN_WIDTH, width);
    }

    /** A file or a pipe: no colors, ASCII only, nothing drawn twice. */
    public static Terminal plain() {
        return new Terminal(DEFAULT_WIDTH, false, false, false);
    }

    /**
     * Judges by the environment's conventions: {@code NO_COLOR} (https://no-color.org) and {@code
     * TERM=dumb} turn colors off, {@code FORCE_COLOR} turns them on even for a pipe, {@code CI}
     * means that nobody watches, {@code COLUMNS} overrides the width.
     *
     * @param environment the process's environment variables
     * @param attached whether standard output is a terminal
     * @param charset what standard output is encoded in
     * @param measuredWidth what the terminal says of its width, if it says anything
     */
    public static Terminal detect(
            Map<String, String> environment,
            boolean attached,
            Charset charset,
            Optional<Integer> measuredWidth) {
        boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
        boolean forced = isSet(environment, "FORCE_COLOR");
        boolean colors = !isSet(environment, "NO_COLOR") && (forced || (attached && !dumb));
        boolean interactive = attached && !dumb && !isSet(environment, "CI");
        boolean unicode = charset.equals(StandardCharsets.UTF_8) && !dumb;
        int width =
                Optional.ofNullable(environment.get("COLUMNS"))
                        .flatMap(Terminal::number)
                        .or(() -> measuredWidth)
                        .orElse(DEFAULT_WIDTH);
        return new Terminal(width, colors, unicode, interactive);
    }

    /**
     * The terminal of this process. Asks {@code stty} for the width, since the JDK does not know
     * it.
     */
    public static Terminal system(Map<String, String> environment) {
        boolean attached =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        return detect(
                environment,
                attached,
                System.out.charset(),
                attached ? sttyWidth() : Optional.empty());
    }

    /** The text in the given style where colors may be used, otherwise the text as it is. */
    public String paint(Style style, String text) {
        if (!colors || style == Style.PLAIN || text.isEmpty()) {
            return text;
        }
        return ESCAPE + style.sgr() + "m" + text + ESCAPE + "0m";
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        return !value.isEmpty() && !value.equals("0") && !value.equals("false");
    }

    private static Optional<Integer> number(String text) {
        if (!text.matches("[1-9][0-9]{0,4}")) {
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(text));
    }

    private static Optional<Integer> sttyWidth() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return Optional.empty();
            }
            String[] rowsAndColumns =
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                            .strip()
                            .split(" ");
            return rowsAndColumns.length == 2 ? number(rowsAndColumns[1]) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
