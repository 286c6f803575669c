<#import "template.ftl" as layout>
<@layout.emailLayout>
${kcSanitize(msg("latchkeySnapshotReadyHtml", link, hours))?no_esc}
</@layout.emailLayout>
