package org.howdah.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.proxy.Control;
import org.howdah.proxy.Problems;
import org.howdah.proxy.Proxy;
import org.howdah.proxy.RawSettings;
import org.howdah.proxy.SettingsBuilder;
import org.howdah.proxy.SettingsSource;
import org.howdah.proxy.Shutdown;
import org.howdah.transport.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A proxy from its start to its end, with the signals that steer it. */
final class ProxyRun {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyRun.class);

    private final Context context;
    private final ProxySettingsFile files;

    ProxyRun(Context context) {
        this.context = context;
        this.files = new ProxySettingsFile(context.surroundings());
    }

    /** Returns when the proxy has ended, with what the command ends with. */
    int run(SettingsBuilder.Built built) throws InterruptedException {
        built.remarks().forEach(remark -> LOG.warn("{}", remark));
        Optional<Path> pidFile =
                built.settings()
                        .process()
                        .pidFile()
                        .map(context.surroundings().directory()::resolve);
        try (Proxy proxy = Proxy.start(built, source(), context.surroundings().environment())) {
            pidFile.ifPresent(ProxyRun::writeNumber);
            Control control = proxy.control();
            Interruption signals = context.surroundings().interruption();
            try (var _ = signals.on("TERM", () -> control.shutdown(Shutdown.WAIT_FOR_CLIENTS));
                    var _ = signals.on("INT", () -> control.shutdown(Shutdown.WAIT_FOR_SERVERS));
                    var _ = signals.on("HUP", () -> reload(control));
                    var _ = signals.on("USR1", control::pause);
                    var _ = signals.on("USR2", control::resume)) {
                announce(proxy);
                control.awaitEnd();
            }
        } catch (IOException failure) {
            throw new HowdahException(
                    "proxy-cannot-start",
                    "The proxy cannot start: %s: %s"
                            .formatted(failure.getMessage(), reason(failure)),
                    "Look for what listens there already, or correct listen_addr and listen_port",
                    ExitCode.FAILED,
                    failure);
        } finally {
            pidFile.ifPresent(ProxyRun::delete);
            LOG.info("The proxy has ended.");
            ProxyLog.finish();
        }
        return ExitCode.FINE.number();
    }

    private SettingsSource source() {
        return new SettingsSource() {
            @Override
            public SettingsBuilder.Built reload(SettingsBuilder.Built running) {
                return files.reload(running);
            }

            @Override
            public SettingsBuilder.Built build(RawSettings changed) {
                return files.build(changed, new Problems());
            }
        };
    }

    private static String reason(IOException failure) {
        return failure.getCause() == null ? "" : String.valueOf(failure.getCause().getMessage());
    }

    private void announce(Proxy proxy) {
        EventLoop.Choice choice = proxy.transports().getFirst();
        LOG.info(
                "Howdah {} proxy: {} loops on {} ({}).",
                Version.current(),
                proxy.transports().size(),
                choice.kind(),
                choice.reason());
        proxy.addresses().forEach(address -> LOG.info("Listening on {}.", address));
        if (Background.is(context.surroundings().environment())) {
            context.out().println(Background.READY);
            context.out().flush();
            ControllingTerminal.leave();
        }
    }

    private static void reload(Control control) {
        try {
            control.reload();
        } catch (HowdahException wrong) {
            LOG.error("Nothing was changed: {}. Hint: {}", wrong.getMessage(), wrong.hint());
        }
    }

    private static void writeNumber(Path file) {
        try {
            Files.writeString(file, ProcessHandle.current().pid() + "\n");
        } catch (IOException failure) {
            throw new HowdahException(
                    "proxy-pidfile",
                    "The pidfile %s cannot be written: %s".formatted(file, failure.getMessage()),
                    "Make its directory writable, or name another file with pidfile",
                    ExitCode.FAILED,
                    failure);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            LOG.warn("The pidfile {} cannot be removed: {}.", file, failure.getMessage());
        }
    }
}
