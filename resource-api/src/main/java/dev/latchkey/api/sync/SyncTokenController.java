package dev.latchkey.api.sync;

import dev.latchkey.api.entitlement.Entitlement;
import dev.latchkey.api.entitlement.Requires;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/sync", produces = MediaType.APPLICATION_JSON_VALUE)
final class SyncTokenController {

    private final SyncTokens tokens;

    SyncTokenController(SyncTokens tokens) {
        this.tokens = tokens;
    }

    @PostMapping("/token")
    @Requires(Entitlement.CAN_SYNC)
    ResponseEntity<SyncToken> token(@AuthenticationPrincipal Jwt caller) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(tokens.exchange(caller));
    }
}
