package dev.latchkey.load.plain;

import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class MeController {

    @GetMapping("/v1/me")
    Map<String, Object> me(@AuthenticationPrincipal Jwt token) {
        return token.getClaims();
    }

    @GetMapping("/health")
    Map<String, Object> health() {
        return Map.of("status", "UP");
    }
}
