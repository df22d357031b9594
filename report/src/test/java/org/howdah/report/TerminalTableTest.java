package org.howdah.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.howdah.report.TerminalTable.Cell;
import org.howdah.report.TerminalTable.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTableTest {

    private static TerminalTable table() {
        return TerminalTable.of(
                        Column.left("table"),
                        Column.right("bytes"),
                        Column.wrapping("what is wrong"))
                .row("shop.orders", "1.2 GiB", "half of the rows are dead and nothing removes them")
                .row("shop.items", "12 MiB", "short");
    }

    @Test
    void plainOutput() {
        assertThat(table().render(Terminal.plain()))
                .isEqualTo(
                        """
                        table          bytes  what is wrong
                        ------------------------------------------------------------------------
                        shop.orders  1.2 GiB  half of the rows are dead and nothing removes them
                        shop.items    12 MiB  short
                        """);
    }

    @Test
    void aNarrowTerminalWrapsSentencesOnly() {
        assertThat(table().render(new Terminal(46, false, true, false)))
                .isEqualTo(
                        """
                        table          bytes  what is wrong
                        ──────────────────────────────────────────────
                        shop.orders  1.2 GiB  half of the rows are
                                              dead and nothing removes
                                              them
                        shop.items    12 MiB  short
                        """);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 47, 60, 80, 100, 200})
    void noLineIsWiderThanTheTerminalAndNothingIsLost(int width) {
        var random = new Random(width);
        for (int round = 0; round < 50; round++) {
            String longName = randomText(random, 60, "abc_.");
            String prose = randomText(random, 300, "abcdefg      é漢");
            String rendered =
                    TerminalTable.of(
                                    Column.left("name"), Column.wrapping("text"), Column.right("n"))
                            .row(longName, prose, "1.2 GiB")
                            .render(new Terminal(width, false, true, false));
            assertThat(rendered.lines())
                    .allSatisfy(
                            line -> assertThat(DisplayText.width(line)).isLessThanOrEqualTo(width));
            String kept = rendered.lines().skip(2).reduce("", String::concat).replace(" ", "");
            assertThat(sorted(kept))
                    .isEqualTo(sorted((longName + prose + "1.2GiB").replace(" ", "")));
            assertThat(rendered.lines()).noneMatch(line -> line.endsWith(" "));
        }
    }

    @Test
    void colorsDoNotChangeTheLayout() {
        var table =
                TerminalTable.of(Column.left("severity"), Column.right("n"))
                        .heading("Everything", Style.STRONG)
                        .row(new Cell("critical", Style.CRITICAL), Cell.of("1"));
        String colored = table.render(new Terminal(80, true, false, true));
        assertThat(colored).contains("\u001b[1;31mcritical\u001b[0m");
        assertThat(colored.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(table.render(Terminal.plain()));
    }

    @Test
    void controlCharactersInNamesDoNotReachTheTerminal() {
        String rendered =
                TerminalTable.of(Column.left("table"))
                        .row("evil\u001b[2J\u0007\u202Ename\u009B")
                        .render(Terminal.plain());
        assertThat(rendered)
                .doesNotContain("\u001b", "\u0007", "\u202E", "\u009B")
                .contains("evil\\u001b[2J\\u0007");
    }

    @Test
    void aRowMustFit() {
        assertThatThrownBy(() -> TerminalTable.of(Column.left("a")).row("1", "2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A row has 2 cells and the table 1 columns.");
    }

    @Test
    void longNamesBreakAfterTheirParts() {
        assertThat(DisplayText.wrap("customer_accounts.security_events", 22))
                .containsExactly("customer_accounts.", "security_events");
        assertThat(DisplayText.wrap("  indented text that goes on", 16))
                .containsExactly("  indented text", "that goes on");
        assertThat(DisplayText.wrap("", 10)).containsExactly("");
        assertThat(DisplayText.wrap("漢字漢字", 3)).containsExactly("漢", "字", "漢", "字");
    }

    private static String randomText(Random random, int length, String alphabet) {
        var text = new StringBuilder("x");
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String sorted(String text) {
        return text.codePoints()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
