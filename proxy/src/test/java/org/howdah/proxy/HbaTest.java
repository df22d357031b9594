package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.howdah.proxy.HbaRule.Connection;
import org.howdah.proxy.HbaRule.Names;
import org.howdah.proxy.HbaRule.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first rule that is about a connection decides. */
class HbaTest {
    private static final Names ALL = new Names(true, false, false, Set.of(), List.of());

    private static Names names(String... names) {
        return new Names(false, false, false, Set.of(names), List.of());
    }

    private static HbaRule rule(int line, Connection connection, Names databases, Names users) {
        return new HbaRule(
                connection,
                databases,
                users,
                List.of(),
                AuthMethod.MD5,
                Map.of(),
                Optional.empty(),
                line);
    }

    private static int decided(List<HbaRule> rules, Hba.Caller caller) {
        return Hba.decide(rules, caller).map(HbaRule::line).orElse(0);
    }

    private static Hba.Caller from(String address, String database, String user) {
        return new Hba.Caller(
                Optional.of(InetAddress.ofLiteral(address)), false, false, database, user);
    }

    @Test
    void goesByConnection() {
        List<HbaRule> rules =
                List.of(
                        rule(1, Connection.LOCAL, ALL, ALL),
                        rule(2, Connection.HOST_TLS, ALL, ALL),
                        rule(3, Connection.HOST_PLAIN, ALL, names("a")),
                        rule(4, Connection.HOST, ALL, ALL));
        Optional<InetAddress> there = Optional.of(InetAddress.getLoopbackAddress());
        assertThat(decided(rules, new Hba.Caller(Optional.empty(), false, false, "d", "a")))
                .isEqualTo(1);
        assertThat(decided(rules, new Hba.Caller(there, true, false, "d", "a"))).isEqualTo(2);
        assertThat(decided(rules, new Hba.Caller(there, false, false, "d", "a"))).isEqualTo(3);
        assertThat(decided(rules, new Hba.Caller(there, false, false, "d", "b"))).isEqualTo(4);
    }

    @Test
    void nobodyIsLetInByNoRule() {
        List<HbaRule> rules = List.of(rule(1, Connection.HOST, names("d"), names("a")));
        assertThat(decided(rules, from("127.0.0.1", "d", "a"))).isEqualTo(1);
        assertThat(decided(rules, from("127.0.0.1", "e", "a"))).isZero();
        assertThat(decided(rules, from("127.0.0.1", "d", "b"))).isZero();
        assertThat(decided(rules, new Hba.Caller(Optional.empty(), false, false, "d", "a")))
                .isZero();
        assertThat(decided(List.of(), from("127.0.0.1", "d", "a"))).isZero();
    }

    @Test
    void allDoesNotMeanPhysicalReplication() {
        List<HbaRule> rules =
                List.of(
                        rule(1, Connection.LOCAL, ALL, ALL),
                        rule(
                                2,
                                Connection.LOCAL,
                                new Names(false, false, true, Set.of(), List.of()),
                                ALL));
        assertThat(decided(rules, new Hba.Caller(Optional.empty(), false, true, "d", "a")))
                .isEqualTo(2);
        assertThat(decided(rules, new Hba.Caller(Optional.empty(), false, false, "d", "a")))
                .isEqualTo(1);
    }

    @Test
    void sameUserAndPatterns() {
        Names same = new Names(false, true, false, Set.of(), List.of());
        Names patterns = new Names(false, false, false, Set.of(), List.of(Pattern.compile("^t_")));
        List<HbaRule> rules =
                List.of(
                        rule(1, Connection.HOST, same, ALL),
                        rule(2, Connection.HOST, patterns, patterns));
        assertThat(decided(rules, from("::1", "a", "a"))).isEqualTo(1);
        assertThat(decided(rules, from("::1", "t_1", "t_2"))).isEqualTo(2);
        assertThat(decided(rules, from("::1", "t_1", "at_2"))).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0,16,10.1.255.255,true",
        "10.1.0.0,16,10.2.0.0,false",
        "10.1.128.0,17,10.1.127.255,false",
        "10.1.128.0,17,10.1.128.1,true",
        "10.1.2.3,32,10.1.2.3,true",
        "10.1.2.3,32,10.1.2.2,false",
        "10.1.2.3,31,10.1.2.2,true",
        "0.0.0.0,0,255.1.2.3,true",
        "0.0.0.0,0,::1,false",
        "::,0,::1,true",
        "::,0,1.2.3.4,false",
        "fe80::,10,febf::1,true",
        "fe80::,10,fec0::1,false",
    })
    void networks(String network, int bits, String address, boolean contains) {
        assertThat(
                        new Network(InetAddress.ofLiteral(network), bits)
                                .contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contains);
    }
}
