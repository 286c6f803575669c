package dev.latchkey.api.settings;

/** A setting with which the API does not start. The message is one sentence that names the variable. */
public final class SettingsException extends RuntimeException {

    public SettingsException(String message) {
        super(message);
    }
}
