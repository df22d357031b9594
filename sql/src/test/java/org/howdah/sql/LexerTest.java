package org.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexerTest {

    private static List<String> tokens(Lexer lexer, String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        lexer.reset(bytes, 0, bytes.length);
        var tokens = new ArrayList<String>();
        while (lexer.next() != TokenKind.END) {
            tokens.add(
                    lexer.kind()
                            + " "
                            + new String(
                                    bytes,
                                    lexer.start(),
                                    lexer.end() - lexer.start(),
                                    StandardCharsets.UTF_8));
        }
        return tokens;
    }

    /** Expected tokens are joined by " ~ "; \\n in a column is a line end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    select 1                   | WORD select ~ NUMBER 1
                    'it''s'                    | STRING 'it''s'
                    'a\\'                      | STRING 'a\\'
                    E'a\\'b'                   | STRING E'a\\'b'
                    e'\\\\'x                   | STRING e'\\\\' ~ WORD x
                    'a'\\n  'b'                | STRING 'a'\\n  'b'
                    'a' -- c\\n'b'             | STRING 'a' -- c\\n'b'
                    'a' 'b'                    | STRING 'a' ~ STRING 'b'
                    'a' /* c */\\n'b'          | STRING 'a' ~ STRING 'b'
                    E'a'\\n'\\'b'              | STRING E'a'\\n'\\'b'
                    N'x'                       | STRING N'x'
                    U&'d!0061' UESCAPE '!'     | STRING U&'d!0061' ~ WORD UESCAPE ~ STRING '!'
                    u&"a""b"                   | UNICODE_NAME u&"a""b"
                    u & "a"                    | WORD u ~ OPERATOR & ~ QUOTED_NAME "a"
                    B'01''x'                   | BITS B'01' ~ STRING 'x'
                    X'1F'                      | BITS X'1F'
                    $$a$b$$                    | STRING $$a$b$$
                    $q$ $$ $Q$ $q$             | STRING $q$ $$ $Q$ $q$
                    $1$2                       | PARAMETER $1 ~ PARAMETER $2
                    a$b$c                      | WORD a$b$c
                    $a b                       | INVALID $ ~ WORD a ~ WORD b
                    $1x$ y $1x$                | PARAMETER $1 ~ WORD x$ ~ WORD y ~ PARAMETER $1 ~ WORD x$
                    "a""b"."c"                 | QUOTED_NAME "a""b" ~ DOT . ~ QUOTED_NAME "c"
                    ""                         | INVALID ""
                    a/*b/*c*/d*/e              | WORD a ~ WORD e
                    a--b\\nc                   | WORD a ~ WORD c
                    a--b\\rc                   | WORD a ~ WORD c
                    1+-2                       | NUMBER 1 ~ OPERATOR + ~ OPERATOR - ~ NUMBER 2
                    1@-2                       | NUMBER 1 ~ OPERATOR @- ~ NUMBER 2
                    a*-b                       | WORD a ~ OPERATOR * ~ OPERATOR - ~ WORD b
                    a->>'b'                    | WORD a ~ OPERATOR ->> ~ STRING 'b'
                    a=-1                       | WORD a ~ OPERATOR = ~ OPERATOR - ~ NUMBER 1
                    a<>-1                      | WORD a ~ OPERATOR <> ~ OPERATOR - ~ NUMBER 1
                    a+--b                      | WORD a ~ OPERATOR +
                    a*/*x*/b                   | WORD a ~ OPERATOR * ~ WORD b
                    a@>b?&c                    | WORD a ~ OPERATOR @> ~ WORD b ~ OPERATOR ?& ~ WORD c
                    1.5e-3                     | NUMBER 1.5e-3
                    .5                         | NUMBER .5
                    1.                         | NUMBER 1.
                    1..10                      | NUMBER 1 ~ OPERATOR .. ~ NUMBER 10
                    1_000.5_0                  | NUMBER 1_000.5_0
                    0x1F 0o17 0b01 0x_ff       | NUMBER 0x1F ~ NUMBER 0o17 ~ NUMBER 0b01 ~ NUMBER 0x_ff
                    0xg                        | NUMBER 0 ~ WORD xg
                    1into                      | NUMBER 1 ~ WORD into
                    1e                         | NUMBER 1 ~ WORD e
                    1efrom                     | NUMBER 1 ~ WORD efrom
                    a::int[]                   | WORD a ~ OPERATOR :: ~ WORD int ~ OPEN_BRACKET [ ~ CLOSE_BRACKET ]
                    f(a := 1, b => 2)          | WORD f ~ OPEN ( ~ WORD a ~ OPERATOR := ~ NUMBER 1 ~ COMMA , ~ WORD b ~ OPERATOR => ~ NUMBER 2 ~ CLOSE )
                    a[1:2]                     | WORD a ~ OPEN_BRACKET [ ~ NUMBER 1 ~ OPERATOR : ~ NUMBER 2 ~ CLOSE_BRACKET ]
                    größe                      | WORD größe
                    'open                      | INVALID 'open
                    /* open                    | INVALID /* open
                    $x$ open                   | INVALID $x$ open
                    "open                      | INVALID "open
                    a \\ b                   | WORD a ~ INVALID \\ ~ WORD b
                    """)
    void cutsAsTheServerDoes(String sql, String expected) {
        assertThat(String.join(" ~ ", tokens(new Lexer(), unescaped(sql))))
                .isEqualTo(unescaped(expected));
    }

    /**
     * Only line ends: backslashes stay, but a double one is written for a single one where it
     * matters not.
     */
    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r");
    }

    @Test
    void withoutStandardConformingStringsABackslashEscapes() {
        var lexer = new Lexer().standardConformingStrings(false);
        assertThat(tokens(lexer, "'a\\'; DELETE FROM t; --'"))
                .containsExactly("STRING 'a\\'; DELETE FROM t; --'");
        assertThat(tokens(new Lexer(), "'a\\'; x"))
                .containsExactly("STRING 'a\\'", "SEMICOLON ;", "WORD x");
    }

    @Test
    void aPartOfAnArrayIsAllThatIsLookedAt() {
        byte[] bytes = "xx'a'''".getBytes(StandardCharsets.UTF_8);
        var lexer = new Lexer().reset(bytes, 2, 3);
        assertThat(lexer.next()).isEqualTo(TokenKind.STRING);
        assertThat(lexer.end()).isEqualTo(5);
        assertThat(lexer.next()).isEqualTo(TokenKind.END);
        assertThat(lexer.next()).isEqualTo(TokenKind.END);
    }

    @Test
    void whateverTheBytesTokensCoverThemAll() {
        var random = new Random(42);
        var lexer = new Lexer();
        String alphabet = "'\"$$--/*/*eEuUnNbBxX&;()[]. \n\r\t\\:=<>+-@#?0123456789_aäz";
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes =
                    random.nextInt(4) == 0 ? new byte[random.nextInt(40)] : text(random, alphabet);
            if (round % 4 == 0) {
                random.nextBytes(bytes);
            }
            lexer.standardConformingStrings(random.nextBoolean()).reset(bytes, 0, bytes.length);
            int at = 0;
            while (lexer.nextRaw() != TokenKind.END) {
                assertThat(lexer.start()).isEqualTo(at);
                assertThat(lexer.end()).isGreaterThan(at).isLessThanOrEqualTo(bytes.length);
                at = lexer.end();
            }
            assertThat(at).isEqualTo(bytes.length);
        }
    }

    private static byte[] text(Random random, String alphabet) {
        var text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
