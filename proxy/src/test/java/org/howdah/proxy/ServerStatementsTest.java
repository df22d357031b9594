package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.howdah.proxy.ServerStatements.Need.CLOSE_AND_PARSE;
import static org.howdah.proxy.ServerStatements.Need.NOTHING;
import static org.howdah.proxy.ServerStatements.Need.PARSE;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerStatementsTest {

    private final ServerStatements statements = new ServerStatements();

    @Test
    void isParsedOnceWhenTheServerConfirms() {
        assertThat(statements.use(1)).isEqualTo(PARSE);
        assertThat(statements.use(1)).isEqualTo(NOTHING);
        statements.groupEnds();
        statements.parsed(1);
        assertThat(statements.use(1)).isEqualTo(NOTHING);
    }

    @Test
    void isNotCertainInALaterGroup() {
        statements.use(1);
        statements.groupEnds();
        assertThat(statements.use(1)).isEqualTo(CLOSE_AND_PARSE);
        statements.parsed(1);
        statements.closed(1);
        statements.parsed(1);
        statements.groupEnds();
        assertThat(statements.use(1)).isEqualTo(NOTHING);
    }

    @Test
    void isParsedAgainAfterItWasSkipped() {
        statements.use(1);
        statements.groupEnds();
        statements.skipped(1);
        assertThat(statements.use(1)).isEqualTo(PARSE);
    }

    @Test
    void makesRoomForOthers() {
        for (int number = 1; number <= 3; number++) {
            statements.use(number);
            statements.parsed(number);
        }
        statements.use(1);
        assertThat(statements.evict(3)).isZero();
        statements.use(4);
        assertThat(statements.evict(3)).isEqualTo(2);
        assertThat(statements.use(2)).isEqualTo(PARSE);
    }

    @Test
    void trustsNothingAfterSomethingClosedAll() {
        statements.use(1);
        statements.parsed(1);
        statements.doubtAll();
        assertThat(statements.use(1)).isEqualTo(CLOSE_AND_PARSE);
        statements.skipped(1);
        statements.skipped(1);
        statements.groupEnds();
        assertThat(statements.use(1)).as("still in doubt").isEqualTo(CLOSE_AND_PARSE);
    }

    @Test
    void doubtsWhatWasAskedBefore() {
        statements.use(1);
        statements.parsed(1);
        statements.doubtAll();
        assertThat(statements.use(1)).isEqualTo(CLOSE_AND_PARSE);
        statements.doubtAll();
        statements.closed(1);
        statements.parsed(1);
        assertThat(statements.use(1)).as("closed since").isEqualTo(CLOSE_AND_PARSE);
    }

    /**
     * A server with groups, errors and skipping in place of a real one: whatever is used must be
     * there when its turn comes, and a Parse never meets a statement of its name.
     */
    @Test
    void isRightWhateverIsSkipped() {
        Random random = new Random(11);
        Set<Integer> prepared = new HashSet<>();
        Queue<Sent> wire = new ArrayDeque<>();
        boolean skipping = false;
        for (int step = 0; step < 200_000; step++) {
            if (random.nextBoolean()) {
                send(random, wire);
            } else if (!wire.isEmpty()) {
                skipping = answer(wire.remove(), skipping, prepared, random);
            }
            assertThat(statements.size()).isLessThan(40);
        }
    }

    private void send(Random random, Queue<Sent> wire) {
        if (random.nextInt(3) == 0) {
            statements.groupEnds();
            wire.add(new Sent('S', 0));
            return;
        }
        int number = 1 + random.nextInt(8);
        ServerStatements.Need need = statements.use(number);
        if (need != NOTHING) {
            int evicted = statements.evict(4);
            if (evicted != 0) {
                wire.add(new Sent('C', evicted));
            }
        }
        if (need == CLOSE_AND_PARSE) {
            wire.add(new Sent('C', number));
        }
        if (need != NOTHING) {
            wire.add(new Sent('P', number));
        }
        wire.add(new Sent('B', number));
    }

    private boolean answer(Sent sent, boolean skipping, Set<Integer> prepared, Random random) {
        if (sent.type == 'S') {
            return false;
        }
        if (skipping || random.nextInt(20) == 0) {
            if (sent.type != 'B') {
                statements.skipped(sent.number);
            }
            return true;
        }
        switch (sent.type) {
            case 'P' -> {
                assertThat(prepared.add(sent.number)).as("parsed once").isTrue();
                statements.parsed(sent.number);
            }
            case 'C' -> {
                prepared.remove(sent.number);
                statements.closed(sent.number);
            }
            default -> assertThat(prepared).as("bound").contains(sent.number);
        }
        return false;
    }

    private record Sent(char type, int number) {}
}
