package org.howdah.app;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Signals of the operating system beside those that end a Java machine. The JDK has them in {@code
 * sun.misc.Signal} of the module jdk.unsupported, which is there to be used but must not be
 * compiled against without a warning; hence by reflection.
 */
final class Signals {
    private Signals() {}

    /**
     * Runs the action in a thread of its own whenever the signal comes.
     *
     * @param name without SIG
     * @return restores what was before
     * @throws IllegalArgumentException when this machine has the signal for itself
     */
    static Runnable handle(String name, Runnable action) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Object signal = signals.getConstructor(String.class).newInstance(name);
            var handle = signals.getMethod("handle", signals, handlers);
            Object handler =
                    Proxy.newProxyInstance(
                            handlers.getClassLoader(),
                            new Class<?>[] {handlers},
                            (_, _, _) -> {
                                action.run();
                                return null;
                            });
            Object former = handle.invoke(null, signal, handler);
            return () -> restore(handle, signal, former);
        } catch (ReflectiveOperationException unavailable) {
            throw new IllegalArgumentException(
                    "SIG" + name + " cannot be handled here", unavailable);
        }
    }

    private static void restore(Method handle, Object signal, Object handler) {
        try {
            handle.invoke(null, signal, handler);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a signal that was handled cannot be", impossible);
        }
    }
}
