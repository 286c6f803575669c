<#-- Keycloak 26.7.3's login-idp-link-confirm.ftl with one difference: there is a way back for who does not want to link. -->
<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
    <#if section = "header">
        ${msg("confirmLinkIdpTitle")}
    <#elseif section = "form">
        <form id="kc-register-form" action="${url.loginAction}" method="post">
            <div class="${properties.kcFormGroupClass!}">
                <#if !hideReviewButton?has_content>
                    <button type="submit" class="${properties.kcButtonClass!} ${properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}" name="submitAction" id="updateProfile" value="updateProfile">${msg("confirmLinkIdpReviewProfile")}</button>
                </#if>
                <button type="submit" class="${properties.kcButtonClass!} ${properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}" name="submitAction" id="linkAccount" value="linkAccount">${msg("confirmLinkIdpContinue", idpDisplayName)}</button>
                <a class="${properties.kcButtonLinkClass!} ${properties.kcButtonBlockClass!}" id="latchkey-try-again" href="${url.loginRestartFlowUrl}">${msg("latchkeyBrokerTryAgain")}</a>
            </div>
        </form>
    </#if>
</@layout.registrationLayout>
