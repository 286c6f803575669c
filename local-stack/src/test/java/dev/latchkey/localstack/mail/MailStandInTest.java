package dev.latchkey.localstack.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.localstack.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class MailStandInTest {

    @Test
    void viewWhenMailsWereSentThenListsNewestFirstWithLinksAndWithoutMarkup() throws Exception {
        Ports ports = Ports.free();
        ServerSetup smtp = new ServerSetup(ports.smtp(), "localhost", ServerSetup.PROTOCOL_SMTP);
        try (MailStandIn mail = new MailStandIn(ports.smtp(), ports.mail())) {
            GreenMailUtil.sendTextEmail("a@example.test", "b@example.test", "first", "hello", smtp);
            GreenMailUtil.sendTextEmail(
                    "c@example.test",
                    "b@example.test",
                    "<b>second</b>",
                    "<script>x</script> see http://localhost:8180/x?a=1&b=2 now",
                    smtp);

            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + ports.mail() + "/"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(page.body())
                    .containsSubsequence("&lt;b&gt;second", "first")
                    .contains("to c@example.test", "<a href=\"http://localhost:8180/x?a=1&amp;b=2\">")
                    .doesNotContain("<script>");
        }
    }
}
