package org.howdah.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Text as a part of a connection URI. */
final class Urls {

    private Urls() {}

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
