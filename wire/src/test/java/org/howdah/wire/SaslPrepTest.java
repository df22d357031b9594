package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaslPrepTest {

    /** RFC 4013, section 3, and one case more for each table. */
    @ParameterizedTest
    @CsvSource({
        "'I\u00ADX', IX",
        "user, user",
        "USER, USER",
        "'\u00AA', a",
        "'\u2168', IX",
        "'a\u00A0b', 'a b'",
        "'a\u3000b', 'a b'",
        "'\u200B', ' '",
        "'e\u0301', '\u00E9'",
        "'\uFB01', fi",
        "'\u0627\u0628', '\u0627\u0628'",
        "'\u06271\u0628', '\u06271\u0628'"
    })
    void prepares(String password, String expected) {
        assertThat(SaslPrep.prepare(password)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0007",
                "\u06271",
                "\u0627a\u0628",
                "\u00E9\u0000",
                "\u00AD",
                "\u0221",
                "\uE000",
                "\uFFFD",
                "\uD83D\uDE00",
                "\u2FF0",
                "\u200E"
            })
    void refuses(String password) {
        assertThat(SaslPrep.prepare(password)).isEmpty();
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        assertThat(SaslPrep.prepare(bytes)).isEqualTo(bytes);
    }

    @Test
    void takesBytesThatAreNotUtf8AsTheyAre() {
        byte[] latin1 = {'p', (byte) 0xE4, 's', 's'};
        assertThat(SaslPrep.prepare(latin1)).isSameAs(latin1);
    }

    @Test
    void takesAsciiAsItIs() {
        byte[] control = {7, ' ', '~'};
        assertThat(SaslPrep.prepare(control)).isSameAs(control);
    }
}
