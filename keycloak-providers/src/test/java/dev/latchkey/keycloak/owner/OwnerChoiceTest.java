package dev.latchkey.keycloak.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerChoiceTest {

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"openid", "openid personal", "personal", "openid organizations", "openid  email"})
    void ofWhenNoWorkspaceIsNamedThenThePerson(String scope) throws OwnerRefusedException {
        assertThat(OwnerChoice.of(scope).workspace()).isNull();
    }

    @Test
    void ofWhenOneWorkspaceIsNamedThenThatOne() throws OwnerRefusedException {
        assertThat(OwnerChoice.of("openid organization:acme organization:acme").workspace())
                .isEqualTo("acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "~", "a[b]", "a'b", "Acme.Inc_1-2:3", "#"})
    void ofWhenTheAliasIsUnusualThenThatOne(String alias) throws OwnerRefusedException {
        assertThat(OwnerChoice.of("organization:" + alias).workspace()).isEqualTo(alias);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "organization",
                "organization:",
                "organization:*",
                "organization:a organization:b",
                "organization organization:a",
                "personal organization:a",
                "organization:schlüssel",
                "organization:a\"b",
                "organization:a\\b",
                "organization:a\u007f"
            })
    void ofWhenTheOwnerIsLeftOpenThenRefused(String scope) {
        assertThatExceptionOfType(OwnerRefusedException.class).isThrownBy(() -> OwnerChoice.of(scope));
    }

    @ParameterizedTest
    @ValueSource(strings = {"personal", "openid personal", "openid organization:acme", "organization"})
    void isMadeInWhenTheScopeSaysWhomToActForThenTrue(String scope) {
        assertThat(OwnerChoice.isMadeIn(scope)).isTrue();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"openid", "openid personally", "organizations"})
    void isMadeInWhenTheScopeLeavesItOpenThenFalse(String scope) {
        assertThat(OwnerChoice.isMadeIn(scope)).isFalse();
    }
}
