package org.howdah.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** How far a step is: what every way of showing it shares. Safe for several threads. */
final class StepState {

    private static final double MIN_SECONDS_FOR_RATE = 0.5;

    final String title;
    private final Quantity quantity;
    private final String noun;
    private final Instant start;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong total;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile String note = "";
    private volatile Optional<String> failure = Optional.empty();

    StepState(String title, long total, Quantity quantity, String noun, Instant start) {
        this.title = DisplayText.printable(title);
        this.total = new AtomicLong(total);
        this.quantity = quantity;
        this.noun = noun;
        this.start = start;
    }

    void advance(long amount) {
        done.addAndGet(amount);
    }

    void reach(long amount) {
        done.set(amount);
    }

    void total(long amount) {
        total.set(amount);
    }

    void note(String text) {
        note = DisplayText.printable(text).replace('\n', ' ');
    }

    String note() {
        return note;
    }

    void fail(String reason) {
        failure = Optional.of(DisplayText.printable(reason).replace('\n', ' '));
    }

    /** Whether this call is the one that closed it. */
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    boolean failed() {
        return failure.isPresent();
    }

    /** The part done, from 0 to 1; empty if the total is not known. */
    Optional<Double> part() {
        long all = total.get();
        return all <= 0
                ? Optional.empty()
                : Optional.of(Math.clamp((double) done.get() / all, 0, 1));
    }

    /** Such as {@code 1.2 M of 2.0 M rows, 340 k/s, 3 s left}. */
    String figures(Instant now) {
        double seconds = elapsed(now).toNanos() / 1e9;
        long amount = done.get();
        long all = total.get();
        var text = new StringBuilder();
        if (all > 0) {
            text.append(quantity.format(amount)).append(" of ").append(quantity.format(all));
        } else if (amount > 0) {
            text.append(quantity.format(amount));
        }
        if (!text.isEmpty() && !noun.isEmpty()) {
            text.append(' ').append(noun);
        }
        boolean steady = seconds >= MIN_SECONDS_FOR_RATE && amount > 0;
        if (steady && !timed()) {
            text.append(", ").append(rate(amount / seconds));
        }
        if (steady && all > amount) {
            double left = (all - amount) * seconds / amount;
            text.append(", ").append(roughly(Math.max(1, left))).append(" left");
        } else {
            text.append(text.isEmpty() ? "" : ", ").append(roughly(seconds));
        }
        return text.toString();
    }

    /** Without tenths, which would flicker. */
    private static String roughly(double seconds) {
        return seconds < 59.5 ? Math.round(seconds) + " s" : Units.seconds(seconds);
    }

    /** Such as {@code 2.0 M rows in 5.9 s (340 k/s)}. */
    String summary(Instant now) {
        Duration elapsed = elapsed(now);
        double seconds = elapsed.toNanos() / 1e9;
        long amount = done.get();
        if (failure.isPresent()) {
            return "failed after " + Units.duration(elapsed) + ": " + failure.get();
        }
        if (amount == 0 || timed()) {
            return Units.duration(elapsed);
        }
        String things = quantity.format(amount) + (noun.isEmpty() ? "" : " " + noun);
        String rate = seconds >= MIN_SECONDS_FOR_RATE ? " (" + rate(amount / seconds) + ")" : "";
        long all = total.get();
        String part = all > amount ? " of " + quantity.format(all) : "";
        return things + part + " in " + Units.duration(elapsed) + rate;
    }

    /** What is counted is time itself: it has no rate. */
    private boolean timed() {
        return quantity == Quantity.SECONDS;
    }

    private Duration elapsed(Instant now) {
        return Duration.between(start, now);
    }

    private String rate(double perSecond) {
        return quantity.binary() ? Units.bytesPerSecond(perSecond) : Units.perSecond(perSecond);
    }
}
