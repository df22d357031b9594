package org.howdah.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Reads the attributes of a SCRAM message in order: {@code r=nonce,s=salt}. One byte is one
 * character, so that what is hashed later is what was sent.
 */
final class ScramAttributes {

    private final String text;
    private int at;

    private ScramAttributes(String text) {
        this.text = text;
    }

    /**
     * @param mostBytes a longer message is refused
     */
    static ScramAttributes of(Payload message, int mostBytes) {
        if (message.size() > mostBytes) {
            throw malformed("The message is longer than " + mostBytes + " bytes.");
        }
        String text = text(message.array());
        if (text.isEmpty()) {
            throw malformed("The message is empty.");
        }
        if (text.indexOf(0) >= 0) {
            throw malformed("Message length does not match input length.");
        }
        return new ScramAttributes(text);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    String text() {
        return text;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** The next character without reading it; zero at the end. */
    char peek() {
        return atEnd() ? 0 : text.charAt(at);
    }

    void expect(char wanted) {
        if (peek() != wanted) {
            throw malformed("Expected character \"" + wanted + "\" but found " + found() + ".");
        }
        at++;
    }

    /** The value of the next attribute, which must be this one; reads the comma behind it. */
    String value(char name) {
        if (peek() != name) {
            throw malformed("Expected attribute \"" + name + "\" but found " + found() + ".");
        }
        at++;
        return valueBehindName(name);
    }

    /** Reads an attribute of any name; its value is not of interest. */
    char skipAttribute() {
        char name = peek();
        if (!((name >= 'A' && name <= 'Z') || (name >= 'a' && name <= 'z'))) {
            throw malformed("Attribute expected, but found " + found() + ".");
        }
        at++;
        valueBehindName(name);
        return name;
    }

    /** A nonce: printable, no comma, not empty. */
    String nonce() {
        String nonce = value('r');
        if (nonce.isEmpty()) {
            throw malformed("The nonce is empty.");
        }
        if (nonce.chars().anyMatch(c -> c < 0x21 || c > 0x7E)) {
            throw malformed("Non-printable characters in SCRAM nonce.");
        }
        return nonce;
    }

    /** Optional extensions to the end, which may be ignored. */
    void skipExtensions() {
        while (!atEnd()) {
            skipAttribute();
        }
    }

    /** Only what {@link #base64} would write: Java takes more, such as missing padding. */
    static byte[] decoded(String base64, String what) {
        try {
            byte[] decoded = Base64.getDecoder().decode(bytes(base64));
            if (base64(decoded).equals(base64)) {
                return decoded;
            }
        } catch (IllegalArgumentException notBase64) {
            // As below.
        }
        throw malformed("The " + what + " is not base64.");
    }

    static ProtocolViolation malformed(String detail) {
        return ProtocolViolation.of("malformed SCRAM message").withDetail(detail);
    }

    private String valueBehindName(char name) {
        if (peek() != '=') {
            throw malformed("Expected character \"=\" for attribute \"" + name + "\".");
        }
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        String value = text.substring(at + 1, end);
        at = comma < 0 ? end : end + 1;
        return value;
    }

    private String found() {
        if (atEnd()) {
            return "the end";
        }
        char c = peek();
        return c > 0x20 && c < 0x7F ? "\"" + c + "\"" : "0x%02x".formatted((int) c);
    }
}
