package org.howdah.wire;

/**
 * A version as it stands in the first packet: major in the upper, minor in the lower 16 bits.
 *
 * @param code as on the wire
 */
public record ProtocolVersion(int code) implements Comparable<ProtocolVersion> {

    /** Since PostgreSQL 7.4. */
    public static final ProtocolVersion V3_0 = of(3, 0);

    /** PostgreSQL 18: cancel keys of up to 256 bytes. */
    public static final ProtocolVersion V3_2 = of(3, 2);

    /** What libpq 19 offers to find servers that cannot negotiate; never agreed on. */
    public static final ProtocolVersion GREASE = of(3, 9999);

    public static ProtocolVersion of(int major, int minor) {
        return new ProtocolVersion(major << 16 | minor);
    }

    public int major() {
        return code >>> 16;
    }

    public int minor() {
        return code & 0xFFFF;
    }

    /** Whether a server that speaks up to this version must be asked, or answers, for less. */
    public boolean newerThan(ProtocolVersion other) {
        return compareTo(other) > 0;
    }

    public ProtocolVersion orOlder(ProtocolVersion other) {
        return newerThan(other) ? other : this;
    }

    @Override
    public int compareTo(ProtocolVersion other) {
        return Integer.compareUnsigned(code, other.code);
    }

    @Override
    public String toString() {
        return major() + "." + minor();
    }
}
