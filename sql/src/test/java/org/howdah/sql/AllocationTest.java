package org.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final byte[] STATEMENT =
            """
            /* app */ WITH x AS (SELECT a, count(*) FROM "T" WHERE b IN (1, 2, 3) AND c = E'it\\'s' GROUP BY 1)
            SELECT x.a, nextval('s'), -1 FROM x FOR UPDATE; SELECT 2\
            """
                    .getBytes(StandardCharsets.UTF_8);

    private static final int TIMES = 10_000;

    @Test
    void classifyingAllocatesNothing() {
        var classifier = new Classifier();
        assertThat(bytesEach(() -> classifier.whole(STATEMENT, 0, STATEMENT.length))).isLessThan(1);
        assertThat(classifier.has(Feature.LOCKING_CLAUSE)).isTrue();
    }

    @Test
    void fingerprintingAllocatesNothing() {
        var normalizer = new Normalizer();
        assertThat(bytesEach(() -> normalizer.read(STATEMENT, 0, STATEMENT.length).value()))
                .isLessThan(1);
    }

    @Test
    void theMeasureSeesAllocation() {
        assertThat(bytesEach(() -> new String(STATEMENT, StandardCharsets.UTF_8)))
                .isGreaterThan(100);
    }

    private static long bytesEach(Runnable work) {
        for (int i = 0; i < TIMES; i++) {
            work.run();
        }
        long before = ClassifierSpeed.allocatedBytes();
        for (int i = 0; i < TIMES; i++) {
            work.run();
        }
        return (ClassifierSpeed.allocatedBytes() - before) / TIMES;
    }
}
