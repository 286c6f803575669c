package dev.latchkey.localstack.mail;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.latchkey.localstack.Html;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page with all mail, newest first. */
final class MailView implements HttpHandler {

    /** In text that is escaped already; an ampersand is an entity there, which an attribute understands. */
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>&\"']+(?:&amp;[^\\s<>&\"']+)*");

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="refresh" content="5">
            <title>Mail</title>
            <style>
              body { margin: 2rem auto; width: min(46rem, 92vw); background: #eef1f6; color: #1c2330;
                     font: 16px/1.5 system-ui, sans-serif; }
              article { background: #fff; border-radius: 12px; padding: 1rem 1.4rem; margin: 1rem 0; }
              h2 { margin: 0; font-size: 1.05rem; }
              p { margin: 0; color: #5a6475; }
              pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
            </style>
            </head>
            <body>
            <h1>Mail</h1>
            %s
            </body>
            </html>
            """;

    private final Supplier<List<Letter>> letters;

    MailView(Supplier<List<Letter>> letters) {
        this.letters = letters;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] page = page(letters.get()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders()
                    .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        }
    }

    static String page(List<Letter> letters) {
        if (letters.isEmpty()) {
            return PAGE.formatted("<p>No mail yet. This page looks again every five seconds.</p>");
        }
        return PAGE.formatted(letters.stream().map(MailView::article).collect(Collectors.joining("\n")));
    }

    private static String article(Letter letter) {
        String text = LINK.matcher(Html.escape(letter.text())).replaceAll("<a href=\"$0\">$0</a>");
        return "<article><h2>%s</h2><p>to %s</p><pre>%s</pre></article>"
                .formatted(Html.escape(letter.subject()), Html.escape(letter.to()), text);
    }
}
