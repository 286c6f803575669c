package dev.latchkey.realm;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.keycloak.admin.client.CreatedResponseUtil;

/** The admin client hands out responses of creations unchecked; every one passes here. */
final class Answer {

    private Answer() {}

    /**
     * Closes the response.
     *
     * @return the id of what was created
     * @throws WebApplicationException if nothing was
     */
    static String check(Response response) {
        try (response) {
            return CreatedResponseUtil.getCreatedId(response);
        }
    }
}
