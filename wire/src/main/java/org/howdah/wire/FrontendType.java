package org.howdah.wire;

/** First bytes of the messages that a client sends after its startup packet. */
public final class FrontendType {

    public static final byte BIND = 'B';
    public static final byte CLOSE = 'C';
    public static final byte COPY_DATA = 'd';
    public static final byte COPY_DONE = 'c';
    public static final byte COPY_FAIL = 'f';
    public static final byte DESCRIBE = 'D';
    public static final byte EXECUTE = 'E';
    public static final byte FLUSH = 'H';
    public static final byte FUNCTION_CALL = 'F';
    public static final byte PARSE = 'P';

    /**
     * PasswordMessage, SASLInitialResponse, SASLResponse and GSSResponse: the state tells which.
     */
    public static final byte PASSWORD = 'p';

    public static final byte QUERY = 'Q';
    public static final byte SYNC = 'S';
    public static final byte TERMINATE = 'X';

    /** In Describe and Close: a prepared statement. */
    public static final byte STATEMENT = 'S';

    /** In Describe and Close: a portal. */
    public static final byte PORTAL = 'P';

    /** The type is none that a client may send. */
    public static final int UNKNOWN = -1;

    // As pqcomm.h and auth.c of PostgreSQL 18 bound them, by the length word that counts itself.
    private static final int SMALL = 10_000;
    private static final int AUTHENTICATION = 65_535;
    private static final int LARGE = 0x3FFFFFFE;

    private FrontendType() {}

    /** The largest value of the length word that PostgreSQL takes, or {@link #UNKNOWN}. */
    public static int maximumLength(byte type) {
        return switch (type) {
            case BIND, COPY_DATA, FUNCTION_CALL, PARSE, QUERY -> LARGE;
            case CLOSE, COPY_DONE, COPY_FAIL, DESCRIBE, EXECUTE, FLUSH, SYNC, TERMINATE -> SMALL;
            case PASSWORD -> AUTHENTICATION;
            default -> UNKNOWN;
        };
    }

    /** The message's name in the documentation, for people. */
    public static String name(byte type) {
        return switch (type) {
            case BIND -> "Bind";
            case CLOSE -> "Close";
            case COPY_DATA -> "CopyData";
            case COPY_DONE -> "CopyDone";
            case COPY_FAIL -> "CopyFail";
            case DESCRIBE -> "Describe";
            case EXECUTE -> "Execute";
            case FLUSH -> "Flush";
            case FUNCTION_CALL -> "FunctionCall";
            case PARSE -> "Parse";
            case PASSWORD -> "PasswordMessage";
            case QUERY -> "Query";
            case SYNC -> "Sync";
            case TERMINATE -> "Terminate";
            default -> FrameHeader.unknownType(type);
        };
    }
}
