package org.howdah.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The URI form: {@code postgresql://user:password@host1:5432,host2/database?sslmode=require}.
 *
 * <p>https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
final class DsnUri {
    private static final String ENCODE =
            "Percent-encode special characters in names and passwords: @ as %40, / as %2F, : as"
                    + " %3A";

    private DsnUri() {}

    /**
     * @param rest what follows {@code postgresql://}
     */
    static Map<DsnKeyword, String> parse(String rest) {
        Map<DsnKeyword, String> values = new EnumMap<>(DsnKeyword.class);
        int query = rest.indexOf('?');
        String beforeQuery = query < 0 ? rest : rest.substring(0, query);
        int slash = beforeQuery.indexOf('/');
        String authority = slash < 0 ? beforeQuery : beforeQuery.substring(0, slash);
        String database = slash < 0 ? "" : beforeQuery.substring(slash + 1);
        if (database.contains("@")) {
            throw DsnText.invalid(
                    "The connection URI has an unescaped @ or / in its user or password", ENCODE);
        }
        int user = authority.indexOf('@');
        if (user >= 0) {
            login(authority.substring(0, user), values);
        }
        addresses(authority.substring(user + 1), values);
        put(values, DsnKeyword.DBNAME, decode(database));
        if (query >= 0) {
            parameters(rest.substring(query + 1), values);
        }
        return values;
    }

    private static void login(String login, Map<DsnKeyword, String> values) {
        int colon = login.indexOf(':');
        put(values, DsnKeyword.USER, decode(colon < 0 ? login : login.substring(0, colon)));
        if (colon >= 0) {
            put(values, DsnKeyword.PASSWORD, decode(login.substring(colon + 1)));
        }
    }

    private static void addresses(String addresses, Map<DsnKeyword, String> values) {
        if (addresses.contains("@")) {
            throw DsnText.invalid(
                    "The connection URI has more than one @ before its database", ENCODE);
        } else if (addresses.isEmpty()) {
            return;
        }
        List<String> hosts = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String address : addresses.split(",", -1)) {
            int colon = endOfHost(address);
            String host = address.substring(0, colon);
            boolean bracketed = host.startsWith("[");
            hosts.add(decode(bracketed ? host.substring(1, host.length() - 1) : host));
            ports.add(colon < address.length() ? decode(address.substring(colon + 1)) : "");
        }
        put(values, DsnKeyword.HOST, String.join(",", hosts));
        if (ports.stream().anyMatch(port -> !port.isEmpty())) {
            values.put(DsnKeyword.PORT, String.join(",", ports));
        }
    }

    private static int endOfHost(String address) {
        if (!address.startsWith("[")) {
            int colon = address.indexOf(':');
            return colon < 0 ? address.length() : colon;
        }
        int end = address.indexOf(']') + 1;
        if (end == 0 || (end < address.length() && address.charAt(end) != ':')) {
            throw DsnText.invalid(
                    "The connection URI has an address in brackets that is not closed",
                    "Write IPv6 addresses as [2001:db8::1]:5432");
        }
        return end;
    }

    private static void parameters(String query, Map<DsnKeyword, String> values) {
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw DsnText.invalid(
                        "The connection URI has a parameter without \"=\" after the question mark",
                        "Write parameters as ?sslmode=require&connect_timeout=5");
            }
            String keyword = decode(pair.substring(0, equals));
            String value = decode(pair.substring(equals + 1));
            if (keyword.equals("ssl") && value.equals("true")) {
                // libpq's own concession to what other drivers write
                values.put(DsnKeyword.SSLMODE, "require");
            } else {
                values.put(DsnKeyword.named(keyword), value);
            }
        }
    }

    private static void put(Map<DsnKeyword, String> values, DsnKeyword keyword, String value) {
        if (!value.isEmpty()) {
            values.put(keyword, value);
        }
    }

    /** Percent signs only: a plus stays a plus, unlike in web forms. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < source.length; i++) {
            if (source[i] != '%') {
                bytes.write(source[i]);
                continue;
            }
            int high = i + 2 < source.length ? Character.digit(source[i + 1], 16) : -1;
            int low = i + 2 < source.length ? Character.digit(source[i + 2], 16) : -1;
            if (high < 0 || low < 0 || (high == 0 && low == 0)) {
                throw DsnText.invalid(
                        "The connection URI has a percent sign that two hexadecimal digits do not"
                                + " follow",
                        "Write a percent sign itself as %25");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The reverse of {@link #decode}: everything but unreserved characters is escaped. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if ((Character.isLetterOrDigit(b) && b > 0) || "-._~".indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append("%%%02X".formatted(b & 0xFF));
            }
        }
        return encoded.toString();
    }
}
