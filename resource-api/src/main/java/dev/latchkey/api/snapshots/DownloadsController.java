package dev.latchkey.api.snapshots;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** An archive to whoever has its link. A link that was never made, is over or whose archive is gone is nothing, all alike. */
@RestController
final class DownloadsController {

    private final Downloads downloads;
    private final LinkSettings settings;
    private final OwnerScope scope;

    DownloadsController(Downloads downloads, LinkSettings settings, OwnerScope scope) {
        this.downloads = downloads;
        this.settings = settings;
        this.scope = scope;
    }

    @GetMapping(
            path = SnapshotSettings.DOWNLOADS + "{token}",
            produces = {SnapshotsController.ZIP, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    ResponseEntity<Resource> download(
            @PathVariable("token") String token, HttpServletRequest request, HttpServletResponse response) {
        // A link that somebody has put on a page is found by search engines, too.
        response.setHeader("X-Robots-Tag", "noindex");
        SealedLink link = settings.key().isEmpty()
                ? null
                : SealedLink.open(settings.key(), token, Instant.now()).orElse(null);
        if (link == null) {
            throw new ProblemException(ErrorCode.NOT_FOUND);
        }
        return scope.runAs(Owner.of(link.owner()), () -> downloads.of(link.id(), request));
    }
}
