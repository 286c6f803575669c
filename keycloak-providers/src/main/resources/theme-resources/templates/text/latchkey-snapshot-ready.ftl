<#ftl output_format="plainText">
${msg("latchkeySnapshotReady", link, hours)}
