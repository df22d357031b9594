package org.howdah.proxy;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.howdah.postgres.HowdahException;
import org.howdah.wire.Diagnostic;

/** SET key = value: changes one setting until the next reload. */
record SetCommand(Proxy proxy) implements ConsoleCommand {

    /** What drivers set on every connection without being asked to. */
    static final Set<String> SESSION =
            Set.of(
                    "application_name",
                    "client_encoding",
                    "client_min_messages",
                    "datestyle",
                    "default_transaction_isolation",
                    "extra_float_digits",
                    "standard_conforming_strings",
                    "timezone");

    @Override
    public boolean looksOnly() {
        // What drivers set must not fail; the rest is refused below.
        return true;
    }

    @Override
    public String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException {
        String key = request.argument().toLowerCase(Locale.ROOT);
        if (SESSION.contains(key)) {
            session.notice(
                    Diagnostic.notice(
                            "%s is a setting of servers and means nothing here".formatted(key)));
            return "SET";
        }
        if (!session.admin()) {
            throw ConsoleException.denied();
        }
        Optional<SettingKey<?>> known = SettingKeys.find(SettingKey.Scope.GLOBAL, key);
        if (known.isEmpty()) {
            throw ConsoleException.unknown(
                    "there is no setting " + Quoted.of(key),
                    SettingKeys.suggestion(SettingKey.Scope.GLOBAL, key));
        }
        if (!known.get().changeable()) {
            throw ConsoleException.state(
                    key + " cannot change while the proxy runs",
                    "Change it in the configuration and restart the proxy");
        }
        try {
            proxy.control().set(key, new RawValue(request.value(), new Position("the console", 0)));
        } catch (HowdahException wrong) {
            throw ConsoleException.of("nothing was changed: " + wrong.getMessage(), wrong.hint());
        }
        return "SET";
    }
}
