package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions in the log, versions, names. */
class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "0/0,0",
        "0/1,1",
        "16/B374D848,97500059720",
        "1/0,4294967296",
        "FFFFFFFF/FFFFFFFF,-1"
    })
    void readsAndWritesPositions(String text, long position) {
        assertThat(Lsn.parse(text)).isEqualTo(new Lsn(position)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "1/", "/1", "1", "1/-1", "100000000/0", "x/y"})
    void refusesWhatIsNoPosition(String text) {
        assertThatThrownBy(() -> Lsn.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void positionsAreUnsigned() {
        Lsn high = Lsn.parse("FFFFFFFF/0");
        assertThat(high).isGreaterThan(Lsn.parse("7FFFFFFF/0"));
        assertThat(Lsn.parse("1/10").bytesSince(Lsn.parse("0/FFFFFFF0"))).isEqualTo(32);
    }

    @ParameterizedTest
    @CsvSource({
        "180006,18.6,true",
        "140000,14.0,true",
        "130020,13.20,false",
        "190000,19.0,false",
        "90624,9.6.24,false"
    })
    void versions(int number, String text, boolean supported) {
        ServerVersion version = new ServerVersion(number);
        assertThat(version).hasToString(text);
        assertThat(version.supported()).isEqualTo(supported);
    }

    @ParameterizedTest
    @CsvSource({"hsot,host", "prot,port", "sslmod,sslmode", "DBNAME,dbname", "xyzzy,"})
    void nearestName(String word, String expected) {
        List<String> known = List.of("host", "port", "dbname", "sslmode");
        assertThat(NearestName.of(word, known).orElse(null)).isEqualTo(expected);
    }
}
