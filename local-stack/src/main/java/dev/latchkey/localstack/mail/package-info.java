/** Stands in for a mail server: accepts everything over SMTP and shows it in the browser. Nothing leaves this machine. */
@NullMarked
package dev.latchkey.localstack.mail;

import org.jspecify.annotations.NullMarked;
