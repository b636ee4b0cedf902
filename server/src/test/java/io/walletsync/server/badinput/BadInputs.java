package io.walletsync.server.badinput;

import java.util.stream.Stream;

/** All the bad input that is sent to one group of routes. */
interface BadInputs {
  Stream<BadInput> all();
}
