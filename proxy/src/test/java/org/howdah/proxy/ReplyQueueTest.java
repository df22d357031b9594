package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplyQueueTest {

    private final ReplyQueue queue = new ReplyQueue();

    @Test
    void givesBackWhatWasAddedInOrder() {
        for (int i = 0; i < 1000; i++) {
            queue.add(ReplyQueue.PARSE, i % 3, i);
            queue.add(ReplyQueue.SYNC, ReplyQueue.CLIENT, -i);
            if (i % 2 == 1) {
                take(ReplyQueue.PARSE, i / 2 % 3, i / 2);
                take(ReplyQueue.SYNC, ReplyQueue.CLIENT, -(i / 2));
            }
        }
        assertThat(queue.size()).isEqualTo(1000);
        assertThat(queue.ends()).isEqualTo(500);
        for (int i = 500; i < 1000; i++) {
            take(ReplyQueue.PARSE, i % 3, i);
            take(ReplyQueue.SYNC, ReplyQueue.CLIENT, -i);
        }
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.message()).isEqualTo(ReplyQueue.NOTHING);
    }

    private void take(int message, int origin, int number) {
        assertThat(queue.message()).isEqualTo(message);
        assertThat(queue.origin()).isEqualTo(origin);
        assertThat(queue.number()).isEqualTo(number);
        queue.remove();
    }

    @Test
    void knowsAGroupThatNoSyncHasEnded() {
        queue.add(ReplyQueue.QUERY, ReplyQueue.CLIENT, 0);
        assertThat(queue.groupOpen()).isFalse();
        queue.add(ReplyQueue.BIND, ReplyQueue.CLIENT, 0);
        assertThat(queue.groupOpen()).isTrue();
        queue.add(ReplyQueue.SYNC, ReplyQueue.CLIENT, 0);
        assertThat(queue.groupOpen()).isFalse();
    }

    @Test
    void dropsTheSyncsThatACopyIgnores() {
        queue.add(ReplyQueue.EXECUTE, ReplyQueue.CLIENT, 7);
        queue.add(ReplyQueue.SYNC, ReplyQueue.CLIENT, 0);
        assertThat(queue.copyBegins()).as("its end is to come").isTrue();
        assertThat(queue.groupOpen()).isTrue();
        assertThat(queue.ends()).isZero();
        take(ReplyQueue.EXECUTE, ReplyQueue.CLIENT, 7);
    }

    @Test
    void knowsThatTheEndOfACopyWasSent() {
        queue.add(ReplyQueue.EXECUTE, ReplyQueue.CLIENT, 7);
        queue.add(ReplyQueue.SYNC, ReplyQueue.CLIENT, 0);
        queue.add(ReplyQueue.COPY_END, ReplyQueue.CLIENT, 0);
        queue.add(ReplyQueue.SYNC, ReplyQueue.CLIENT, 0);
        assertThat(queue.copyBegins()).as("its end is to come").isFalse();
        assertThat(queue.groupOpen()).isFalse();
        take(ReplyQueue.EXECUTE, ReplyQueue.CLIENT, 7);
        assertThat(queue.ends()).isEqualTo(1);
        take(ReplyQueue.SYNC, ReplyQueue.CLIENT, 0);
    }

    @Test
    void keepsAGroupOpenThatIsAnswered() {
        queue.add(ReplyQueue.BIND, ReplyQueue.CLIENT, 0);
        queue.remove();
        assertThat(queue.groupOpen()).isTrue();
        queue.skip();
        assertThat(queue.skipping()).isTrue();
        queue.add(ReplyQueue.SYNC, ReplyQueue.CLIENT, 0);
        assertThat(queue.skipping()).isFalse();
        assertThat(queue.groupOpen()).isFalse();
    }

    @Test
    void isFullBeforeItGrowsWithoutEnd() {
        while (!queue.full()) {
            queue.add(ReplyQueue.EXECUTE, ReplyQueue.CLIENT, 0);
        }
        assertThat(queue.size()).isEqualTo(ReplyQueue.LIMIT);
    }
}
