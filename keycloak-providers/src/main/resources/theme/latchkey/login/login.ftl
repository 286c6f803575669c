<#-- Keycloak 26.7.3's login.ftl with two differences: the providers come before the password, and the focus is moved to the
     name only after an error, so that whoever listens or uses the keyboard meets the providers first. -->
<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#import "buttons.ftl" as buttons>
<#import "social-providers.ftl" as identityProviders>
<#import "passkeys.ftl" as passkeys>
<#assign failed = messagesPerField.existsError("username", "password")>
<#assign registration = realm.password && realm.registrationAllowed && !registrationDisabled??>
<@layout.registrationLayout displayMessage=!failed displayInfo=registration; section>
    <#if section = "header">
        ${msg("loginAccountTitle")}
    <#elseif section = "form">
        <#if realm.password && social.providers?has_content>
            <div id="latchkey-providers" role="group" aria-label="${msg("identity-provider-login-label")}">
                <@identityProviders.show social=social/>
            </div>
            <p id="latchkey-or"><span>${msg("latchkeyOrPassword")}</span></p>
        </#if>
        <#if realm.password>
            <form id="kc-form-login" class="${properties.kcFormClass!}" onsubmit="login.disabled = true; return true;" action="${url.loginAction}" method="post" novalidate="novalidate">
                <#if !usernameHidden??>
                    <#assign label>
                        <#if !realm.loginWithEmailAllowed>${msg("username")}<#elseif !realm.registrationEmailAsUsername>${msg("usernameOrEmail")}<#else>${msg("email")}</#if>
                    </#assign>
                    <@field.input name="username" label=label error=messagesPerField.getFirstError("username", "password")
                        autofocus=failed autocomplete=enableWebAuthnConditionalUI?has_content?then("username webauthn", "username") value=login.username!"" />
                </#if>
                <@field.password name="password" label=msg("password") error=(usernameHidden??)?then(messagesPerField.get("password"), "")
                    forgotPassword=realm.resetPasswordAllowed autofocus=usernameHidden?? autocomplete="current-password">
                    <#if realm.rememberMe && !usernameHidden??>
                        <@field.checkbox name="rememberMe" label=msg("rememberMe") value=login.rememberMe?? />
                    </#if>
                </@field.password>
                <input type="hidden" id="id-hidden-input" name="credentialId" value="${auth.selectedCredential!}"/>
                <@buttons.loginButton />
            </form>
        </#if>
        <@passkeys.conditionalUIData />
    <#elseif section = "info">
        <#if registration>
            <div id="kc-registration">
                <span>${msg("noAccount")} <a href="${url.registrationUrl}">${msg("doRegister")}</a></span>
            </div>
        </#if>
    </#if>
</@layout.registrationLayout>
