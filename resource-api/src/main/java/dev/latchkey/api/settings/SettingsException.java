package dev.latchkey.api.settings;

/** A setting with which the API does not start. The message is one sentence that names the variable. */
final class SettingsException extends RuntimeException {

    SettingsException(String message) {
        super(message);
    }
}
