package org.howdah.pgbouncer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.postgres.NearestName;
import org.howdah.proxy.AuthMethod;
import org.howdah.proxy.HbaRule;
import org.howdah.proxy.HbaRule.Connection;
import org.howdah.proxy.HbaRule.Network;
import org.howdah.proxy.IdentMap;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;
import org.howdah.proxy.Quoted;

/** Reads the fields of one HBA rule. What is wrong ends in an exception with a sentence. */
final class HbaRuleReader {
    private static final Map<String, Connection> CONNECTIONS =
            Map.of(
                    "local", Connection.LOCAL,
                    "host", Connection.HOST,
                    "hostssl", Connection.HOST_TLS,
                    "hostnossl", Connection.HOST_PLAIN);

    private static final Map<String, AuthMethod> METHODS =
            Map.of(
                    "trust", AuthMethod.TRUST,
                    "reject", AuthMethod.REJECT,
                    "md5", AuthMethod.MD5,
                    "password", AuthMethod.PASSWORD,
                    "scram-sha-256", AuthMethod.SCRAM_SHA_256,
                    "cert", AuthMethod.CERTIFICATE,
                    "peer", AuthMethod.PEER);

    private final Path file;
    private final Position at;
    private final Map<String, IdentMap> maps;
    private final Problems problems;
    private int next = 3;

    HbaRuleReader(Path file, Position at, Map<String, IdentMap> maps, Problems problems) {
        this.file = file;
        this.at = at;
        this.maps = maps;
        this.problems = problems;
    }

    /**
     * @throws IllegalArgumentException with a sentence
     */
    HbaRule rule(List<List<HbaLine.Word>> fields) {
        String type = single(fields, 0, "type").text();
        Connection connection = CONNECTIONS.get(type);
        if (connection == null) {
            throw new IllegalArgumentException(
                    "%s is no type of connection; there are local, host, hostssl and hostnossl"
                            .formatted(Quoted.of(type)));
        }
        if (fields.size() < 4) {
            throw new IllegalArgumentException("the rule ends before its method");
        }
        List<Network> networks = connection == Connection.LOCAL ? List.of() : networks(fields);
        AuthMethod method = method(single(fields, next++, "method").text(), connection);
        Map<String, String> options = options(fields.subList(next, fields.size()));
        Optional<IdentMap> map = map(options, method);
        return new HbaRule(
                connection,
                HbaNames.parse(fields.get(1), true, file, at, problems),
                HbaNames.parse(fields.get(2), false, file, at, problems),
                networks,
                method,
                options,
                map,
                at.line());
    }

    private static HbaLine.Word single(List<List<HbaLine.Word>> fields, int number, String what) {
        if (number >= fields.size()) {
            throw new IllegalArgumentException("the rule ends before its " + what);
        }
        if (fields.get(number).size() != 1) {
            throw new IllegalArgumentException("there is more than one " + what);
        }
        return fields.get(number).getFirst();
    }

    private List<Network> networks(List<List<HbaLine.Word>> fields) {
        HbaLine.Word address = single(fields, next++, "address");
        if (address.is("all")) {
            return List.of();
        }
        if (address.is("samehost")) {
            return HbaNetworks.sameHost();
        }
        if (address.is("samenet")) {
            return HbaNetworks.sameNet();
        }
        String text = address.text();
        String mask = text.indexOf('/') < 0 ? single(fields, next++, "mask").text() : "";
        Network network = HbaNetworks.network(text, mask);
        if (HbaNetworks.hasLooseBits(network)) {
            problems.warning(
                    at,
                    "the address %s has bits set that its mask leaves out"
                            .formatted(Quoted.of(text)),
                    "They do not count; write the network's own address");
        }
        return List.of(network);
    }

    private static AuthMethod method(String word, Connection connection) {
        AuthMethod method = word.equals("ident") ? AuthMethod.PEER : METHODS.get(word);
        if (method == null) {
            throw new IllegalArgumentException(
                    switch (word) {
                        case "pam", "ldap", "gss", "sspi", "radius", "bsd", "oauth" ->
                                "Howdah cannot do the method " + word;
                        default ->
                                "%s is no method%s"
                                        .formatted(
                                                Quoted.of(word),
                                                NearestName.of(word, METHODS.keySet())
                                                        .map(name -> "; " + name + " is")
                                                        .orElse(""));
                    });
        }
        if (method == AuthMethod.PEER && connection != Connection.LOCAL) {
            throw new IllegalArgumentException(
                    "the method %s is for local connections only".formatted(word));
        }
        return method;
    }

    private static Map<String, String> options(List<List<HbaLine.Word>> fields) {
        Map<String, String> options = new LinkedHashMap<>();
        for (List<HbaLine.Word> field : fields) {
            String text = field.getFirst().text();
            int equals = text.indexOf('=');
            if (equals < 1 || field.size() != 1) {
                throw new IllegalArgumentException(
                        "%s is no option of the form name=value".formatted(Quoted.of(text)));
            }
            String name = text.substring(0, equals);
            String value = text.substring(equals + 1);
            boolean known =
                    switch (name) {
                        case "map" -> !value.isEmpty();
                        case "clientcert" ->
                                value.equals("verify-ca") || value.equals("verify-full");
                        case "clientname" -> value.equals("CN");
                        default -> false;
                    };
            if (!known) {
                throw new IllegalArgumentException(
                        "the option %s is none that Howdah has".formatted(Quoted.of(text)));
            }
            options.put(name, value);
        }
        return options;
    }

    private Optional<IdentMap> map(Map<String, String> options, AuthMethod method) {
        String name = options.get("map");
        if (name == null) {
            return Optional.empty();
        }
        if (method != AuthMethod.PEER && method != AuthMethod.CERTIFICATE) {
            throw new IllegalArgumentException("the option map is for peer and cert only");
        }
        IdentMap map = maps.get(name);
        if (map == null) {
            throw new IllegalArgumentException(
                    "there is no ident map %s; auth_ident_file names the file with the maps"
                            .formatted(Quoted.of(name)));
        }
        return Optional.of(map);
    }
}
