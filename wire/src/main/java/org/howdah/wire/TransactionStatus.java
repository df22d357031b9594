package org.howdah.wire;

/** What ReadyForQuery says of the session. */
public enum TransactionStatus {
    IDLE('I'),
    IN_TRANSACTION('T'),
    /** Everything but the end of the transaction is refused. */
    FAILED('E');

    private final byte letter;

    TransactionStatus(char letter) {
        this.letter = (byte) letter;
    }

    public byte letter() {
        return letter;
    }

    public static TransactionStatus of(byte letter) {
        return switch (letter) {
            case 'I' -> IDLE;
            case 'T' -> IN_TRANSACTION;
            case 'E' -> FAILED;
            default ->
                    throw ProtocolViolation.of(
                            "invalid ReadyForQuery: transaction status " + (letter & 0xFF));
        };
    }
}
