package dev.latchkey.journey;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page on which the mail stand-in shows what was sent. */
record Mailbox(String url) {

    /** The first link in the newest mail to this address. */
    String linkFor(String email) {
        String page =
                Http.send(HttpRequest.newBuilder(URI.create(url + "/")).build()).body();
        Matcher link = Pattern.compile("to " + Pattern.quote(email) + "</p><pre>[^\"]*<a href=\"([^\"]+)\"")
                .matcher(page);
        if (!link.find()) {
            throw new AssertionError("No mail to " + email + " with a link:\n" + page);
        }
        return link.group(1).replace("&amp;", "&");
    }
}
