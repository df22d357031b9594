package org.howdah.rehearsal;

import java.util.concurrent.atomic.LongAdder;

/** What the clients of the desync fuzzer have done so far. */
record DesyncCounters(
        LongAdder operations,
        LongAdder episodes,
        LongAdder cancels,
        LongAdder disconnects,
        LongAdder alterations) {

    static DesyncCounters zero() {
        return new DesyncCounters(
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder());
    }
}
