package org.howdah.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.awaitility.Awaitility;

/** Remembers what happened on a channel; asked by the test's thread. */
class Recorder implements Receiver {
    final CompletableFuture<Channel> channel = new CompletableFuture<>();
    final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    final CompletableFuture<Closing> closed = new CompletableFuture<>();
    final AtomicInteger drained = new AtomicInteger();
    final AtomicInteger calls = new AtomicInteger();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** How many of the offered bytes are taken. */
    volatile IntUnaryOperator takes = offered -> offered;

    /** For an acceptor. */
    Receiver on(Channel accepted) {
        channel.complete(accepted);
        return this;
    }

    @Override
    public int received(ByteBuffer in, int from, int to) {
        assertThat(closed).isNotDone();
        assertThat(in.isDirect()).isTrue();
        calls.incrementAndGet();
        int taken = takes.applyAsInt(to - from);
        byte[] copy = new byte[taken];
        in.get(from, copy);
        synchronized (bytes) {
            bytes.writeBytes(copy);
        }
        return from + taken;
    }

    @Override
    public void drained() {
        drained.incrementAndGet();
    }

    @Override
    public void connected() {
        connected.complete(true);
    }

    @Override
    public void closed(Closing why) {
        assertThat(closed.complete(why)).as("closed is told once").isTrue();
    }

    Channel channel() {
        return channel.orTimeout(20, TimeUnit.SECONDS).join();
    }

    Closing closing() {
        return closed.orTimeout(20, TimeUnit.SECONDS).join();
    }

    byte[] bytes() {
        synchronized (bytes) {
            return bytes.toByteArray();
        }
    }

    String text() {
        return new String(bytes(), StandardCharsets.US_ASCII);
    }

    void awaitText(String expected) {
        Awaitility.await().untilAsserted(() -> assertThat(text()).isEqualTo(expected));
    }

    void awaitCalls(int count) {
        Awaitility.await().until(() -> calls.get() >= count);
    }
}
