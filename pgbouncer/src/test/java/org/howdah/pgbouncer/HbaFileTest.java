package org.howdah.pgbouncer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.howdah.proxy.AuthMethod;
import org.howdah.proxy.Hba;
import org.howdah.proxy.HbaRule;
import org.howdah.proxy.HbaRule.Connection;
import org.howdah.proxy.HbaRule.Network;
import org.howdah.proxy.IdentMap;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problem;
import org.howdah.proxy.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format of https://www.postgresql.org/docs/current/auth-pg-hba-conf.html */
class HbaFileTest {
    @TempDir private Path directory;
    private final Problems problems = new Problems();

    private List<HbaRule> rules(String text, String maps) throws IOException {
        Files.writeString(directory.resolve("hba.conf"), text);
        Files.writeString(directory.resolve("ident.conf"), maps);
        return new LoginFiles(directory, java.util.Map.of())
                .rules(
                        Path.of("hba.conf"),
                        Optional.of(Path.of("ident.conf")),
                        new Position("pgbouncer.ini", 7),
                        problems);
    }

    private List<String> said() {
        return problems.all().stream().map(Problem::toString).toList();
    }

    @Test
    void readsTheUsualRules() throws IOException {
        Files.writeString(directory.resolve("admins"), "root, \"dba one\" # both\nother\n");
        List<HbaRule> rules =
                rules(
                        """
                        # TYPE  DATABASE        USER            ADDRESS                 METHOD
                        local   all             @admins                                 peer map=m
                        host    shop,"all" ,x   app             10.0.0.0/8              scram-sha-256
                        host    sameuser        all             192.168.1.0 255.255.255.0 md5
                        hostssl all             /^svc_          ::/0                    cert clientcert=verify-full
                        hostnossl replication   repl            127.0.0.1/32            trust
                        host    all \\
                                all             all                     reject
                        host    all             all             samehost                password
                        """,
                        "m root postgres\n");
        assertThat(said()).isEmpty();
        assertThat(rules)
                .extracting(HbaRule::connection)
                .containsExactly(
                        Connection.LOCAL,
                        Connection.HOST,
                        Connection.HOST,
                        Connection.HOST_TLS,
                        Connection.HOST_PLAIN,
                        Connection.HOST,
                        Connection.HOST);
        assertThat(rules)
                .extracting(HbaRule::method)
                .containsExactly(
                        AuthMethod.PEER,
                        AuthMethod.SCRAM_SHA_256,
                        AuthMethod.MD5,
                        AuthMethod.CERTIFICATE,
                        AuthMethod.TRUST,
                        AuthMethod.REJECT,
                        AuthMethod.PASSWORD);
        assertThat(rules).extracting(HbaRule::line).containsExactly(2, 3, 4, 5, 6, 7, 9);
        assertThat(rules.getFirst().users().names())
                .containsExactlyInAnyOrder("root", "dba one", "other");
        assertThat(rules.get(1).databases().all()).isFalse();
        assertThat(rules.get(1).databases().names()).containsExactlyInAnyOrder("shop", "all", "x");
        assertThat(rules.get(2).networks())
                .containsExactly(new Network(InetAddress.ofLiteral("192.168.1.0"), 24));
        assertThat(rules.get(2).databases().sameUser()).isTrue();
        assertThat(rules.get(3).options()).containsEntry("clientcert", "verify-full");
        assertThat(rules.get(4).databases().replication()).isTrue();
        assertThat(rules.get(5).networks()).isEmpty();
        assertThat(
                        Hba.decide(
                                        rules,
                                        new Hba.Caller(
                                                Optional.of(InetAddress.ofLiteral("10.9.9.9")),
                                                false,
                                                false,
                                                "shop",
                                                "app"))
                                .map(HbaRule::line))
                .contains(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    hostgssenc all all all trust       | is no type of connection
                    host all all                       | ends before its method
                    host all all all                   | ends before its method
                    local all all                      | ends before its method
                    host all all 10.0.0.0 trust        | "trust" is no IP address
                    host all all 10.0.0.0              | ends before its mask
                    host all all 10.0.0/8 trust        | "10.0.0" is no IP address
                    host all all 10.0.0.0/33 trust     | no such number of bits
                    host all all ::1/129 trust         | no such number of bits
                    host all all 10.0.0.0 255.0.255.0 trust | no such number of bits
                    host all all 10.0.0.0 ffff:: trust | no such number of bits
                    host all all fe80::1%eth0/64 trust | is no IP address
                    host all all db.example.com trust  | is no IP address
                    host all all .example.com trust    | is no IP address
                    host all all all ldap ldapserver=x | Howdah cannot do the method ldap
                    host all all all scram-sha-265     | scram-sha-256 is
                    host all all all peer              | local connections only
                    host all all all ident             | local connections only
                    host all +group all md5            | members of a role
                    host samerole all all md5          | members of a role
                    host all @nofile all md5           | list of names
                    host all /[ all md5                | no regular expression
                    host all "open all md5             | quote is not closed
                    host all all all,all md5           | more than one address
                    host all all all md5 rest          | no option of the form name=value
                    host all all all md5 radius=x      | none that Howdah has
                    host all all all md5 clientcert=1  | none that Howdah has
                    host all all all md5 map=m         | for peer and cert only
                    local all all peer map=other       | no ident map "other"
                    """)
    void oneBadLineSpoilsTheFile(String line, String says) throws IOException {
        rules("local all all md5\n" + line + "\n", "m root postgres\n");
        assertThat(problems.all())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.weight()).isEqualTo(Problem.Weight.ERROR);
                    assertThat(problem.toString()).contains("hba.conf:2: ", says.strip());
                });
    }

    @Test
    void warnsOfBitsThatDoNotCount() throws IOException {
        List<HbaRule> rules = rules("host all all 10.1.2.3/8 md5\n", "");
        assertThat(said()).singleElement().asString().contains("hba.conf:1: the address");
        assertThat(
                        rules.getFirst()
                                .networks()
                                .getFirst()
                                .contains(InetAddress.ofLiteral("10.9.9.9")))
                .isTrue();
    }

    @Test
    void aFileThatIsMissingIsAProblemWhereItWasNamed() {
        new LoginFiles(directory, java.util.Map.of())
                .rules(
                        Path.of("nothing.conf"),
                        Optional.empty(),
                        new Position("pgbouncer.ini", 7),
                        problems);
        assertThat(said()).singleElement().asString().startsWith("pgbouncer.ini:7: auth_hba_file");
    }

    @ParameterizedTest
    @CsvSource({
        "root,postgres,true",
        "root,other,false",
        "joe,anybody,true",
        "ann@example.com,ann,true",
        "ann@example.com,bob,false",
        "ann@example.org,ann,false",
        "two words,spaced,true",
        "ops,ops_1,true",
        "ops,other,false",
        "nobody,postgres,false"
    })
    void identMaps(String outer, String user, boolean permitted) throws IOException {
        List<HbaRule> rules =
                rules(
                        "local all all peer map=m\n",
                        """
                        m root postgres # the machine's own
                        m joe all
                        m "/^(.*)@example\\.com$" \\1
                        m "two words" spaced
                        m ops /^ops_
                        n nobody postgres
                        """);
        assertThat(said()).isEmpty();
        IdentMap map = rules.getFirst().map().orElseThrow();
        assertThat(map.permits(outer, user)).isEqualTo(permitted);
    }

    @Test
    void identFilesAreStrictToo() throws IOException {
        rules("local all all md5\n", "m root\nm /( x\nm root +group\nm a,b c\nm a b c d\n");
        assertThat(said()).hasSize(5).allMatch(line -> line.startsWith("ident.conf:"));
    }
}
