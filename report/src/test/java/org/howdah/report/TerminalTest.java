package org.howdah.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private static Terminal attached(Map<String, String> environment) {
        return Terminal.detect(environment, true, StandardCharsets.UTF_8, Optional.of(132));
    }

    @Test
    void aTerminalShowsEverything() {
        assertThat(attached(Map.of("TERM", "xterm-256color")))
                .isEqualTo(new Terminal(132, true, true, true));
    }

    @Test
    void aPipeIsPlain() {
        assertThat(Terminal.detect(Map.of(), false, StandardCharsets.US_ASCII, Optional.empty()))
                .isEqualTo(Terminal.plain());
    }

    @Test
    void theEnvironmentTurnsColorsOff() {
        assertThat(attached(Map.of("NO_COLOR", "1")).colors()).isFalse();
        assertThat(attached(Map.of("NO_COLOR", "")).colors()).isTrue();
        assertThat(attached(Map.of("TERM", "dumb")))
                .isEqualTo(new Terminal(132, false, false, false));
    }

    @Test
    void theEnvironmentTurnsColorsOnForAPipe() {
        var piped =
                Terminal.detect(
                        Map.of("FORCE_COLOR", "1"),
                        false,
                        StandardCharsets.UTF_8,
                        Optional.empty());
        assertThat(piped).isEqualTo(new Terminal(Terminal.DEFAULT_WIDTH, true, true, false));
    }

    @Test
    void nobodyWatchesContinuousIntegration() {
        assertThat(attached(Map.of("CI", "true")).interactive()).isFalse();
        assertThat(attached(Map.of("CI", "false")).interactive()).isTrue();
    }

    @Test
    void columnsOverridesTheWidth() {
        assertThat(attached(Map.of("COLUMNS", "80")).width()).isEqualTo(80);
        assertThat(attached(Map.of("COLUMNS", "wide")).width()).isEqualTo(132);
        assertThat(attached(Map.of("COLUMNS", "3")).width()).isEqualTo(40);
    }

    @Test
    void paintingEndsWhereTheTextEnds() {
        assertThat(attached(Map.of()).paint(Style.CRITICAL, "bad"))
                .isEqualTo("\u001b[1;31mbad\u001b[0m");
        assertThat(Terminal.plain().paint(Style.CRITICAL, "bad")).isEqualTo("bad");
    }
}
