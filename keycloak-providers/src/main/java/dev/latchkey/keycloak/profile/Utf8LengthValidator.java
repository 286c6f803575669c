package dev.latchkey.keycloak.profile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.validate.AbstractStringValidator;
import org.keycloak.validate.ValidationContext;
import org.keycloak.validate.ValidationError;
import org.keycloak.validate.ValidationResult;
import org.keycloak.validate.ValidatorConfig;
import org.keycloak.validate.validators.LengthValidator;
import org.keycloak.validate.validators.ValidatorConfigValidator;

/**
 * Limits an attribute of the user profile in UTF-8 bytes: what a token carries is counted in bytes, and Keycloak's own {@code length}
 * counts characters, of which one may take four.
 */
public final class Utf8LengthValidator extends AbstractStringValidator implements ConfiguredProvider {

    public static final String ID = "latchkey-utf8-length";

    private static final String MAX = "max";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getHelpText() {
        return "Latchkey: at most this many bytes in UTF-8. Latin letters take one, umlauts two, Chinese characters three, emoji four.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(
                MAX,
                "Most bytes",
                "The most bytes that a value may have in UTF-8: a whole number from 1 on.",
                ProviderConfigProperty.STRING_TYPE,
                null));
    }

    @Override
    public ValidationResult validateConfig(KeycloakSession session, ValidatorConfig config) {
        Integer max = config == null ? null : config.getInt(MAX);
        return max != null && max > 0
                ? ValidationResult.OK
                : new ValidationResult(Set.of(
                        new ValidationError(ID, MAX, ValidatorConfigValidator.MESSAGE_CONFIG_INVALID_NUMBER_VALUE)));
    }

    @Override
    protected void doValidate(String value, String inputHint, ValidationContext context, ValidatorConfig config) {
        int max = config.getInt(MAX);
        if (value.getBytes(StandardCharsets.UTF_8).length > max) {
            // Keycloak's own message, which every theme has in every language; its parameters are minimum and maximum.
            context.addError(
                    new ValidationError(ID, inputHint, LengthValidator.MESSAGE_INVALID_LENGTH_TOO_LONG, null, max));
        }
    }
}
