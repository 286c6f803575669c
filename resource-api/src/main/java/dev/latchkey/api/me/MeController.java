package dev.latchkey.api.me;

import dev.latchkey.api.document.Documents;
import dev.latchkey.api.entitlement.Entitlements;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping(path = "/v1/me", produces = MediaType.APPLICATION_JSON_VALUE)
final class MeController {

    private static final String ONBOARDED = "onboarding_completed";

    private final Profiles profiles;
    private final Entitlements entitlements;

    MeController(Profiles profiles, Entitlements entitlements) {
        this.profiles = profiles;
        this.entitlements = entitlements;
    }

    @GetMapping
    Me me(@AuthenticationPrincipal Jwt token) {
        return Me.of(token, entitlements.of(token));
    }

    @PatchMapping(consumes = {Documents.MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE})
    Me change(@AuthenticationPrincipal Jwt token, @RequestBody ObjectNode patch) {
        return Me.of(token, entitlements.of(token), profiles.change(token, patch));
    }

    /** The last step of an application's welcome: what it has asked for, and that it need not ask again. */
    @PostMapping(path = "/onboarding", consumes = MediaType.APPLICATION_JSON_VALUE)
    Me completeOnboarding(
            @AuthenticationPrincipal Jwt token, @RequestBody(required = false) @Nullable ObjectNode answers) {
        ObjectNode patch = answers == null ? JsonNodeFactory.instance.objectNode() : answers;
        if (patch.has(ONBOARDED) && !patch.path(ONBOARDED).asBoolean(false)) {
            throw new ProblemException(ErrorCode.INVALID_FIELD, FieldError.at("#/" + ONBOARDED, "is true after this"));
        }
        return Me.of(token, entitlements.of(token), profiles.change(token, patch.put(ONBOARDED, true)));
    }
}
