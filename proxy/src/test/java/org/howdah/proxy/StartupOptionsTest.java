package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StartupOptionsTest {
    @Test
    void readsWhatItWrites() {
        Map<String, String> odd = Map.of("search_path", "a \\b,\"c d\"", "x.y", "", "z", "=\t=");
        String text =
                odd.entrySet().stream()
                        .map(entry -> StartupOptions.write(entry.getKey(), entry.getValue()))
                        .reduce("", (left, right) -> left + "  " + right);
        assertThat(StartupOptions.parse(text)).isEqualTo(odd);
    }
}
