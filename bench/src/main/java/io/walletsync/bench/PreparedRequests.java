package io.walletsync.bench;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests that were signed before the clock ran; when they are used up, the rest as they come. */
final class PreparedRequests implements Iterator<byte[]> {
  private final Supplier<byte[]> signing;
  private final List<byte[]> ready;
  private int used;

  private PreparedRequests(Supplier<byte[]> signing, int count) {
    this.signing = signing;
    ready = Stream.generate(signing).limit(count).toList();
  }

  /** For several clients, on all cores. */
  static List<PreparedRequests> of(List<Supplier<byte[]>> signing, int perClient) {
    return IntStream.range(0, signing.size())
        .parallel()
        .mapToObj(i -> new PreparedRequests(signing.get(i), perClient))
        .toList();
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public byte[] next() {
    return used < ready.size() ? ready.get(used++) : signing.get();
  }
}
