/** Sends events to a topic of Apache Kafka. */
@NullMarked
package io.walletsync.server.kafka;

import org.jspecify.annotations.NullMarked;
