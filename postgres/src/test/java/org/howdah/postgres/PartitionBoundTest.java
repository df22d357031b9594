package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.howdah.postgres.PartitionBound.End;
import org.junit.jupiter.api.Test;

class PartitionBoundTest {
    @Test
    void ranges_have_values_and_open_ends_for_each_key() {
        assertThat(PartitionBound.parse("FOR VALUES FROM ('2026-01-01', 5) TO (MAXVALUE, '-7')"))
                .isEqualTo(
                        new PartitionBound.Range(
                                List.of(new End.Value("2026-01-01"), new End.Value("5")),
                                List.of(new End.Maximum(), new End.Value("-7"))));
        assertThat(PartitionBound.parse("FOR VALUES FROM (MINVALUE) TO ('2026-01-01 00:00:00+00')"))
                .isEqualTo(
                        new PartitionBound.Range(
                                List.of(new End.Minimum()),
                                List.of(new End.Value("2026-01-01 00:00:00+00"))));
    }

    @Test
    void lists_hashes_and_the_default_are_told_apart() {
        assertThat(PartitionBound.parse("FOR VALUES IN ('it''s, so', NULL, 7)"))
                .isEqualTo(new PartitionBound.Values(List.of("it's, so", "NULL", "7")));
        assertThat(PartitionBound.parse("FOR VALUES WITH (modulus 16, remainder 3)"))
                .isEqualTo(new PartitionBound.Hash(16, 3));
        assertThat(PartitionBound.parse("DEFAULT")).isEqualTo(new PartitionBound.Default());
    }

    @Test
    void anything_else_is_refused() {
        assertThatThrownBy(() -> PartitionBound.parse("FOR NOBODY"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
