package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER ROLE app PASSWORD 'hunter2'",
                "CREATE USER app WITH ENCRYPTED PASSWORD E'hun\\'hunter2' LOGIN",
                "ALTER ROLE app PASSWORD $x$hunter2$x$",
                "ALTER ROLE app PASSWORD 'it''s hunter2'",
                "ALTER SYSTEM SET primary_conninfo = 'host=db user=app password=hunter2 sslmode=require'",
                "ALTER SYSTEM SET primary_conninfo = 'host=db password=''hunter2 x'' user=app'",
                "could not connect to postgresql://app:hunter2@db:5432/shop",
                "CREATE SUBSCRIPTION s CONNECTION 'password=hunter2' PUBLICATION p"
            })
    void masksPasswords(String text) {
        assertThat(SecretMask.mask(text)).doesNotContain("hunter2").contains("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER SYSTEM SET \"password_encryption\" = 'scram-sha-256'",
                "CREATE INDEX i ON public.password_reset (token)",
                "VACUUM (ANALYZE) \"public\".\"orders\"",
                "ALTER SYSTEM SET log_line_prefix = '%m [%p] %q%u@%d '"
            })
    void leavesEverythingElse(String text) {
        assertThat(SecretMask.mask(text)).isEqualTo(text);
    }
}
