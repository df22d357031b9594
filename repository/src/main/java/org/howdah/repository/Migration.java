package org.howdah.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One step of the schema, a resource beside this class: {@code V001__journal.sql} is version 1.
 * Once released it is never edited; a change is a new step.
 *
 * @param checksum SHA-256 of its text, in hexadecimal
 */
record Migration(int version, String name, String sql, String checksum) {
    private static final List<String> RESOURCES = List.of("V001__journal.sql", "V002__undo.sql");

    /** All steps that this build knows, in order. */
    static List<Migration> all() {
        return RESOURCES.stream().map(Migration::ofResource).toList();
    }

    static Migration of(String resource, String sql) {
        int version = Integer.parseInt(resource.substring(1, resource.indexOf("__")));
        String name = resource.substring(resource.indexOf("__") + 2, resource.lastIndexOf('.'));
        return new Migration(version, name, sql, sha256(sql));
    }

    private static Migration ofResource(String resource) {
        try (InputStream stream = Migration.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is missing from the build");
            }
            return of(resource, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
