package org.howdah.proxy;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The shares of their time in which the loops had a processor, over the last full seconds. They are
 * measured at regular intervals, so that several who ask do not disturb each other. Any thread.
 */
final class Loads {

    private final AtomicReference<double[]> loads = new AtomicReference<>(new double[0]);

    /** Measures anew. */
    void measure(Proxy proxy) {
        loads.set(proxy.loops().stream().mapToDouble(home -> home.loop().load()).toArray());
    }

    /** 0 to 1; 0 before the first measurement. */
    double of(int loop) {
        double[] latest = loads.get();
        return loop < latest.length ? latest[loop] : 0;
    }
}
