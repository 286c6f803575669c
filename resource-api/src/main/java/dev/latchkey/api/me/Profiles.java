package dev.latchkey.api.me;

import dev.latchkey.api.document.Documents;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.node.ObjectNode;

/** Changes a person's profile where it is kept, in Keycloak, with that person's own token: the API has no right of its own there. */
@Component
final class Profiles {

    private static final ParameterizedTypeReference<Map<String, Object>> PROFILE =
            new ParameterizedTypeReference<>() {};

    private final RestClient keycloak;
    private final Documents documents;

    Profiles(RestClient keycloak, Documents documents) {
        this.keycloak = keycloak;
        this.documents = documents;
    }

    /**
     * The whole profile after the change; what the patch does not name stays.
     *
     * @throws tools.jackson.core.JacksonException if the patch has unknown fields or wrong types
     * @throws dev.latchkey.api.problem.InvalidDocumentException if it has text that cannot be stored
     * @throws ProblemException if Keycloak refuses it or is away
     * @throws InvalidBearerTokenException if Keycloak does not know the token's session any more
     */
    Map<String, Object> change(Jwt token, ObjectNode patch) {
        documents.patched(ProfileFields.NONE, patch, ProfileFields.class);
        if (token.hasClaim("cnf")) {
            // Its proof names our address (RFC 9449 §4.2), so Keycloak would not take it.
            throw new ProblemException(ErrorCode.BOUND_TOKEN);
        }
        patch.remove("owner_id");
        try {
            return keycloak.patch()
                    .uri("/profile")
                    .headers(headers -> headers.setBearerAuth(token.getTokenValue()))
                    .body(patch)
                    .retrieve()
                    .requiredBody(PROFILE);
        } catch (HttpClientErrorException e) {
            throw refusal(e);
        } catch (RestClientException | IllegalStateException e) {
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        }
    }

    private static RuntimeException refusal(HttpClientErrorException e) {
        if (e.getStatusCode() == HttpStatus.UNAUTHORIZED) {
            return new InvalidBearerTokenException("The session has ended");
        }
        if (e.getStatusCode() == HttpStatus.FORBIDDEN) {
            return new ProblemException(ErrorCode.FORBIDDEN);
        }
        Refusal refusal = e.getStatusCode() == HttpStatus.BAD_REQUEST ? e.getResponseBodyAs(Refusal.class) : null;
        return refusal == null
                ? new ProblemException(ErrorCode.UNAVAILABLE)
                : new ProblemException(
                        ErrorCode.INVALID_FIELD,
                        refusal.errors().stream().map(Refusal.Field::error).toList());
    }

    /** Keycloak's answer to a value that its user profile does not allow. */
    private record Refusal(List<Field> errors) {

        private record Field(
                String field, String code, @Nullable Integer limit) {

            FieldError error() {
                return FieldError.at("#/" + field, detail());
            }

            private String detail() {
                return switch (code) {
                    case "error-invalid-length-too-long" -> "must have at most " + limit + " bytes as UTF-8";
                    case "error-person-name-invalid-character" ->
                        "must have no control characters and none of < > & \" $ % ! # ? § ; * ~ / \\ | ^ = [ ] { } ( )";
                    case "unknown" -> "cannot be set by oneself in this realm";
                    default -> "is not allowed by the realm's user profile";
                };
            }
        }
    }
}
