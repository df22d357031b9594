package org.howdah.remedy;

/**
 * What a remedy is expected to cost, in bytes; estimates from sizes, never promises.
 *
 * @param diskBytes additional disk space that must be free while it runs
 */
public record Cost(long readBytes, long writtenBytes, long walBytes, long diskBytes) {
    public static final Cost NOTHING = new Cost(0, 0, 0, 0);

    public static Cost reading(long bytes) {
        return new Cost(bytes, 0, 0, 0);
    }

    /** The larger of both in each respect: what one remedy costs that does what two asked for. */
    Cost orMore(Cost other) {
        return new Cost(
                Math.max(readBytes, other.readBytes),
                Math.max(writtenBytes, other.writtenBytes),
                Math.max(walBytes, other.walBytes),
                Math.max(diskBytes, other.diskBytes));
    }
}
