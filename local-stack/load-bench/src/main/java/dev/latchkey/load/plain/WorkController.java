package dev.latchkey.load.plain;

import java.util.Objects;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/works")
class WorkController {

    private final WorkService works;

    WorkController(WorkService works) {
        this.works = works;
    }

    @GetMapping("/{id}")
    ResponseEntity<WorkView> read(@PathVariable UUID id, @AuthenticationPrincipal Jwt token) {
        return ResponseEntity.of(works.find(id, Objects.requireNonNull(token.getClaimAsString("owner_id"))));
    }
}
