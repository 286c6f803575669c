/** How often an owner and an address may do what costs: classes of requests, their budgets, and the filter that holds them. Knows no endpoint but by its address. */
@NullMarked
package dev.latchkey.api.limit;

import org.jspecify.annotations.NullMarked;
