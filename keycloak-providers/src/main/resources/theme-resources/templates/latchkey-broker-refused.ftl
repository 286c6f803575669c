<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("latchkeyBrokerRefusedTitle")}
    <#elseif section = "form">
        <p id="latchkey-broker-refused" role="alert">${message.summary}</p>
        <p><a id="latchkey-try-again" href="${url.loginRestartFlowUrl}">${msg("latchkeyBrokerTryAgain")}</a></p>
    </#if>
</@layout.registrationLayout>
