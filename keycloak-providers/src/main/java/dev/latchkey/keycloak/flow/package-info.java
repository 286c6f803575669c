/** What the steps of ours in authentication flows have in common. What a step does belongs to its feature. */
@NullMarked
package dev.latchkey.keycloak.flow;

import org.jspecify.annotations.NullMarked;
