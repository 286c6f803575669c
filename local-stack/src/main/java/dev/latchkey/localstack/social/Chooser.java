package dev.latchkey.localstack.social;

import dev.latchkey.localstack.Html;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page that asks which sample person to be. */
final class Chooser {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s stand-in</title>
            <style>
              body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #eef1f6;
                     color: #1c2330; font: 16px/1.5 system-ui, sans-serif; }
              main { width: min(26rem, 92vw); background: #fff; border-radius: 16px; padding: 2rem;
                     box-shadow: 0 8px 30px #1c233022; }
              h1 { margin: 0; font-size: 1.35rem; }
              p { margin: .4rem 0 1.2rem; color: #5a6475; }
              button { display: flex; gap: .9rem; align-items: center; width: 100%%; margin-top: .6rem; padding: .8rem 1rem;
                       text-align: left; font: inherit; color: inherit; background: #fff; border: 1px solid #d5dbe6;
                       border-radius: 12px; cursor: pointer; }
              button:hover, button:focus-visible { border-color: #3b6cf6; background: #f5f8ff; outline: none; }
              .initial { width: 2.4rem; height: 2.4rem; flex: none; border-radius: 50%%; display: grid; place-items: center;
                         background: #3b6cf6; color: #fff; font-weight: 600; }
              small { display: block; color: #5a6475; }
              em { color: #a4530b; font-style: normal; }
            </style>
            </head>
            <body>
            <main>
              <h1>Who are you at %1$s?</h1>
              <p>This is not %1$s but its stand-in on your machine. Choose a sample person to go on as.</p>
              <form method="post">
            %2$s%3$s
              </form>
            </main>
            </body>
            </html>
            """;

    private Chooser() {}

    static String page(String provider, List<Person> people, Map<String, String> parameters) {
        String hidden = parameters.entrySet().stream()
                .map(entry -> "    <input type=\"hidden\" name=\"%s\" value=\"%s\">%n"
                        .formatted(Html.escape(entry.getKey()), Html.escape(entry.getValue())))
                .collect(Collectors.joining());
        String buttons = people.stream().map(Chooser::button).collect(Collectors.joining("\n"));
        return PAGE.formatted(provider, hidden, buttons);
    }

    private static String button(Person person) {
        return """
                <button name="person" value="%s" id="person-%1$s">
                  <span class="initial">%s</span>
                  <span>%s<small>%s%s</small></span>
                </button>""".formatted(
                        person.login(),
                        person.givenName().charAt(0),
                        Html.escape(person.name()),
                        Html.escape(String.valueOf(person.email())),
                        person.emailVerified() ? "" : " · <em>e-mail not verified</em>");
    }
}
