package org.howdah.proxy;

import java.util.Map;
import org.howdah.wire.BackendKeyData;
import org.howdah.wire.CancelKey;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.ParameterStatus;
import org.howdah.wire.ReadyForQuery;
import org.howdah.wire.TransactionStatus;

/** Greets those who have logged in to the console. */
record ConsoleHall(Proxy proxy) implements ConsoleDoor {

    /** What tools that know PgBouncer's console expect of a server. */
    private static final Map<String, String> PARAMETERS =
            Map.of(
                    "server_version", ConsoleVersion.NUMBER + "/howdah",
                    "client_encoding", "UTF8",
                    "server_encoding", "UTF8",
                    "DateStyle", "ISO, MDY",
                    "TimeZone", "UTC",
                    "integer_datetimes", "on",
                    "standard_conforming_strings", "on",
                    "is_superuser", "on");

    @Override
    public void enter(Visitor visitor) {
        ProxyLoop home = visitor.home();
        ConsoleSession session = new ConsoleSession(visitor.user(), visitor.admin());
        Console console = new Console(proxy, home, visitor.channel(), session);
        home.consoles().add(console);
        MessageWriter out = home.writer();
        PARAMETERS.forEach((name, value) -> new ParameterStatus(name, value).writeTo(out));
        // Nothing of the console can be canceled: no client has the number 0.
        new BackendKeyData(CancelKey.of(0, new byte[CancelKey.LEAST_SECRET_BYTES])).writeTo(out);
        new ReadyForQuery(TransactionStatus.IDLE).writeTo(out);
        home.send(visitor.channel());
        visitor.channel().receiver(console);
        visitor.channel().resumeReading();
        visitor.channel().redeliver();
    }
}
