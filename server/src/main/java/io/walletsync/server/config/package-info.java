/** Settings, start-up and the wiring of every part to the core. */
@NullMarked
package io.walletsync.server.config;

import org.jspecify.annotations.NullMarked;
