package org.howdah.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who wants to work where, and with which settings.
 *
 * @param parameters in the order of the packet; of a name that comes twice the last value holds
 */
public record StartupMessage(ProtocolVersion version, Map<String, String> parameters)
        implements StartupPacket {

    /** Prefix of parameters that are options of the protocol, not settings. */
    public static final String PROTOCOL_OPTION = "_pq_.";

    private static final String USER = "user";
    private static final String DATABASE = "database";
    private static final String OPTIONS = "options";
    private static final String REPLICATION = "replication";
    private static final Set<String> NOT_SETTINGS = Set.of(USER, DATABASE, OPTIONS, REPLICATION);
    private static final int MAJOR = 3;

    public StartupMessage {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static StartupMessage of(ProtocolVersion version, String user, String database) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(USER, user);
        parameters.put(DATABASE, database);
        return new StartupMessage(version, parameters);
    }

    /** With one more parameter, or another value of it. */
    public StartupMessage with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new StartupMessage(version, more);
    }

    static StartupMessage readFrom(ProtocolVersion version, FieldReader reader) {
        if (version.major() != MAJOR) {
            throw ProtocolViolation.of(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "unsupported frontend protocol "
                            + version
                            + ": server supports "
                            + ProtocolVersion.V3_0
                            + " to "
                            + ProtocolVersion.V3_2);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        String name = reader.strictText();
        while (!name.isEmpty()) {
            parameters.put(name, reader.strictText());
            name = reader.strictText();
        }
        if (reader.remaining() > 0) {
            throw ProtocolViolation.of(
                    "invalid startup packet layout: expected terminator as last byte");
        }
        StartupMessage message = new StartupMessage(version, parameters);
        if (message.user().isEmpty()) {
            throw ProtocolViolation.of(
                    SqlState.INVALID_AUTHORIZATION,
                    "no PostgreSQL user name specified in startup packet");
        }
        message.replication();
        return message;
    }

    /** Never empty in a message that was read. */
    public String user() {
        return parameters.getOrDefault(USER, "");
    }

    /** The user's name where none is given, as PostgreSQL takes it. */
    public String database() {
        String named = parameters.getOrDefault(DATABASE, "");
        return named.isEmpty() ? user() : named;
    }

    /** Command-line options for the server: {@code -c name=value …}. */
    public Optional<String> options() {
        return Optional.ofNullable(parameters.get(OPTIONS));
    }

    /** What kind of connection it is to be. */
    public Replication replication() {
        return Replication.of(parameters.getOrDefault(REPLICATION, "off"));
    }

    /**
     * Settings of the session: all but user, database, options, replication and those of the
     * protocol.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(parameters);
        settings.keySet().removeAll(NOT_SETTINGS);
        settings.keySet().removeIf(name -> name.startsWith(PROTOCOL_OPTION));
        return Collections.unmodifiableMap(settings);
    }

    /** Names of the protocol options that are asked for, with their prefix. */
    public List<String> protocolOptions() {
        return parameters.keySet().stream()
                .filter(name -> name.startsWith(PROTOCOL_OPTION))
                .toList();
    }

    @Override
    public void writeTo(MessageWriter out) {
        out.beginUntyped().int32(version.code());
        parameters.forEach((name, value) -> out.text(name).text(value));
        out.int8(0).end();
    }

    /** Whether the server is to speak the replication protocol. */
    public enum Replication {
        NONE,
        PHYSICAL,
        LOGICAL;

        private static final Set<String> YES =
                Set.of("on", "true", "tru", "tr", "t", "yes", "ye", "y", "1");
        private static final Set<String> NO =
                Set.of("of", "off", "false", "fals", "fal", "fa", "f", "no", "n", "0");

        private static Replication of(String text) {
            String word = text.toLowerCase(Locale.ROOT);
            // PostgreSQL compares this one by case, the boolean ones not.
            if (text.equals("database")) {
                return LOGICAL;
            }
            if (YES.contains(word)) {
                return PHYSICAL;
            }
            if (NO.contains(word)) {
                return NONE;
            }
            throw ProtocolViolation.of(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "invalid value for parameter \"replication\": \"" + text + "\"");
        }
    }
}
