package org.howdah.pgbouncer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.howdah.proxy.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong is said once, with its place, its name and what to do, and without secrets. */
class IniErrorsTest {
    @TempDir private Path directory;

    private static Arguments global(String lines, String... says) {
        return Arguments.of("[pgbouncer]\nauth_user = x\n" + lines + "\n", says);
    }

    private static Arguments database(String line, String... says) {
        return Arguments.of("[pgbouncer]\nauth_user = x\n[databases]\n" + line + "\n", says);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                global(
                        "default_pool_sise = 3",
                        ":3: ",
                        "no key",
                        "Did you mean default_pool_size?"),
                global("pool_size = 3", "It is a key of a database"),
                global("dbname = 3", "It is a key of a database"),
                global("default_pool_size = many", "\"many\", which is no whole number"),
                global("default_pool_size = 5 connections", "which is no whole number"),
                global("default_pool_size = -1", "which is no whole number"),
                global("default_pool_size =", "is \"\", which"),
                global("default_pool_size = 99999999999", "which is no whole number"),
                global("listen_port = 65536", "from 0 to 65535"),
                global("query_timeout = 5 parsecs", "is no time", "its default is 0"),
                global("query_timeout = -5", "is no time"),
                global("query_timeout = 1e99", "is no time"),
                global("query_timeout = 999999999 d", "longer than 200 years"),
                global("log_stats = maybe", "neither 1 (on) nor 0 (off)"),
                global("pool_mode = tx", "none of session, statement, transaction"),
                global("auth_type = pam", "Howdah cannot do"),
                global("auth_type = ldap", "Howdah cannot do"),
                global("auth_type = cert", "not asked for certificates"),
                global("auth_type = hba", "auth_hba_file is not set"),
                global("auth_file = missing.txt", "auth_file", "it does not exist"),
                global("auth_dbname = pgbouncer", "cannot be the console"),
                global("scram_iterations = 0", "scram_iterations is 0"),
                global("unix_socket_dir = @abstract", "abstract socket"),
                global("unix_socket_dir =", "nowhere to listen"),
                global("client_tls_sslmode = require", "client_tls_key_file"),
                global("server_tls_key_file = k.pem", "belong together"),
                global("client_tls_protocols = ssl3", "no version of TLS"),
                global("client_tls_protocols = tlsv1.0", "no longer safe"),
                global("server_tls_ciphers = HIGH:!AES", "\"!AES\", which Java has no suite"),
                global("server_tls13_ciphers = X", "none of the TLS_ suites"),
                global("metrics_listen = 9127", "no address with a port"),
                global("[database]", "there is no section [database]", "[databases]?"),
                global("[users", "not closed with ]"),
                global("just words", "neither key = value"),
                global("%include", "neither key = value"),
                global("%include none.ini", "none.ini\" cannot be read"),
                global("[peers]\n0 = host=a", "peer \"0\" is no whole number from 1"),
                global("[users]\na = pool_mode=x", "user \"a\": pool_mode is \"x\""),
                global("[users]\na = host=x", "It is a key of a database"),
                database("a = host=x # remark", "no comment after a connection string"),
                database("a = host", "not made of key=value pairs only"),
                database("a = host=x password=hush hush", "not made of key=value pairs only"),
                database("a = password='hush", "quote before a value is not closed: password"),
                database("a = password=", "the value of a key is empty: password"),
                database("a = port=0", "port is 0"),
                database("a = pasword=hush", "Did you mean password?"),
                database("a = password=hu hush=3", "no key of a name that is not shown"),
                database("a = host=@x", "abstract socket"),
                database("pgbouncer = host=x", "taken by the console"),
                database("a = auth_dbname=pgbouncer", "cannot be the console"),
                database("a = options='-x hush'", "neither -c name=value"),
                database("a = user=u password=hush password_variable=V", "both set"),
                Arguments.of("[databases]\n", new String[] {"[pgbouncer] is missing"}),
                Arguments.of("a = 1\n[pgbouncer]\n", new String[] {"before the first section"}));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhatIsWrongAndWhatToDo(String text, String[] says) {
        assertThat(new Ini(directory).errors(text))
                .isNotEmpty()
                .allMatch(error -> error.startsWith("pgbouncer.ini"))
                .allMatch(error -> error.contains(". Hint: "))
                .noneMatch(error -> error.contains("hush"))
                .anySatisfy(error -> assertThat(error).contains(says));
    }

    @Test
    void saysAllErrorsAtOnce() {
        String text =
                "[pgbouncer]\npool_mode = x\nverbose = y\n[databases]\na = port=z\nb = port=w\n";
        assertThat(new Ini(directory).errors(text)).hasSize(4);
    }

    @Test
    void anErrorThatIsAloneIsOneSentence() {
        try {
            new Ini(directory).build("[pgbouncer]\nverbose = y\n");
        } catch (SettingsException wrong) {
            assertThat(wrong.getMessage())
                    .isEqualTo(
                            "pgbouncer.ini:2: verbose is \"y\", which is no whole number from 0 to 2147483647");
            assertThat(wrong.hint()).isEqualTo("verbose is of type integer; its default is 0");
        }
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        assertThat(new Ini(directory).errors("[pgbouncer]\npool_mode = \u001b[31mred\u202e\n"))
                .singleElement()
                .asString()
                .contains("\"?[31mred?\"");
    }
}
