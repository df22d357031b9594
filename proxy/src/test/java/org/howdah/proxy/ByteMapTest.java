package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteMapTest {

    private final ByteMap<String> map = new ByteMap<>();

    /** Does the same with a map of the platform and compares after each step. */
    @Test
    void doesWhatAMapDoes() {
        Map<String, String> model = new HashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String key = "key ".repeat(random.nextInt(4)) + random.nextInt(300);
            ByteBuffer in = in(key);
            int from = 3;
            int to = in.limit() - 2;
            switch (random.nextInt(3)) {
                case 0 ->
                        assertThat(map.put(in, from, to, "v" + i))
                                .isEqualTo(model.put(key, "v" + i));
                case 1 -> assertThat(map.remove(in, from, to)).isEqualTo(model.remove(key));
                default -> assertThat(map.get(in, from, to)).isEqualTo(model.get(key));
            }
            assertThat(map.size()).isEqualTo(model.size());
        }
        map.clear();
        assertThat(map.size()).isZero();
        assertThat(map.get(in("key 1"), 3, 8)).isNull();
    }

    private static ByteBuffer in(String key) {
        byte[] bytes = ("abc" + key + "yz").getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length);
        buffer.put(0, bytes);
        return buffer;
    }
}
