package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireTextTest {

    /** Every length and alignment, with the neighbors of zero that a trick with words mistakes. */
    @Test
    void findsTheFirstZeroByte() {
        Random random = new Random(2);
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (int round = 0; round < 20_000; round++) {
                ByteBuffer in = ByteBuffer.allocateDirect(40).order(order);
                for (int i = 0; i < 40; i++) {
                    byte[] few = {0, 1, (byte) 0x80, (byte) 0xFF, 'a', 'b', 2, 3, 4, 5, 6, 7, 8};
                    in.put(i, few[random.nextInt(few.length)]);
                }
                int from = random.nextInt(40);
                int to = from + random.nextInt(41 - from);
                if (simple(in, from, to) != WireText.end(in, from, to)) {
                    assertThat(WireText.end(in, from, to)).isEqualTo(simple(in, from, to));
                }
            }
        }
    }

    private static int simple(ByteBuffer in, int from, int to) {
        for (int i = from; i < to; i++) {
            if (in.get(i) == 0) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void comparesAndReads() {
        byte[] bytes = "xSELECT é\0".getBytes(StandardCharsets.UTF_8);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int end = WireText.requiredEnd(in, 1, bytes.length, "Query");
        assertThat(WireText.read(in, 1, end)).isEqualTo("SELECT é");
        byte[] text = Arrays.copyOfRange(bytes, 1, end);
        assertThat(WireText.equals(in, 1, end, text)).isTrue();
        assertThat(WireText.equals(in, 0, end, text)).isFalse();
        assertThat(WireText.equals(in, 0, end - 1, text)).isFalse();
    }

    @Test
    void aHeaderIsReadAsItWasPut() {
        ByteBuffer out = ByteBuffer.allocate(9);
        FrameHeader.put(out, 4, FrontendType.SYNC, FrameHeader.BYTES);
        assertThat(FrameHeader.frontendBytes(out, 4)).isEqualTo(FrameHeader.BYTES);
    }
}
