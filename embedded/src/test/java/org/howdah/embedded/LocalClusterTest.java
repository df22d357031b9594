package org.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalClusterTest {

    private static LocalCluster cluster;

    @BeforeAll
    static void start() {
        cluster = LocalCluster.temporary(ClusterOptions.throwaway().withReaders(2), Host.local());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void readersFollow() {
        Sql.on(cluster.writer()).execute("CREATE TABLE t AS SELECT 1 AS a");
        for (Server reader : cluster.readers()) {
            await().until(() ->
                    Sql.on(reader)
                            .text("SELECT count(*) FROM pg_class WHERE relname = 't'")
                            .equals("1"));
        }
        assertThat(cluster.status())
                .extracting(NodeStatus::state)
                .containsOnly(NodeStatus.State.RUNNING);
        cluster.promote();
        assertThat(cluster.writerName()).isNotEqualTo("node1");
        System.out.println(cluster.status());
    }
}
