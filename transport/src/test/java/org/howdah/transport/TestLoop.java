package org.howdah.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A loop whose methods may be called by the test's thread. */
record TestLoop(EventLoop loop) implements AutoCloseable {

    static TestLoop start(TransportWish wish) {
        return new TestLoop(Loops.start(wish, "loop-under-test"));
    }

    /** Every transport that this machine grants. */
    static Stream<TransportWish> transports() {
        try {
            Loops.start(TransportWish.IO_URING, "probe").close();
            return Stream.of(TransportWish.NIO, TransportWish.IO_URING);
        } catch (TransportException refused) {
            return Stream.of(TransportWish.NIO);
        }
    }

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Runs it on the loop's thread and waits for the result. */
    <T> T call(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | AssertionError failure) {
                result.completeExceptionally(failure);
            }
        });
        return result.orTimeout(20, TimeUnit.SECONDS).join();
    }

    void run(Runnable task) {
        call(() -> {
            task.run();
            return true;
        });
    }

    /** Lets the loop turn this many times at least. */
    void turns(int count) {
        for (int i = 0; i < count; i++) {
            run(() -> {});
        }
    }

    Listening listen(Acceptor acceptor) {
        return listen(anyPort(), acceptor);
    }

    Listening listen(SocketAddress address, Acceptor acceptor) {
        return listen(address, SocketSettings.DEFAULTS, acceptor);
    }

    Listening listen(SocketAddress address, SocketSettings settings, Acceptor acceptor) {
        return call(() -> loop.listen(address, settings, acceptor));
    }

    Channel connect(SocketAddress address, Receiver receiver) {
        return call(() -> loop.connect(address, SocketSettings.DEFAULTS, receiver));
    }

    @Override
    public void close() {
        loop.close();
    }
}
