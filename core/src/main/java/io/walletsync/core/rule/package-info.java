/** Alert rules: what people want to be warned of, about which wallets. */
@NullMarked
package io.walletsync.core.rule;

import org.jspecify.annotations.NullMarked;
