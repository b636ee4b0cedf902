package io.walletsync.server.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What fuzzing starts from: the samples of the provider, and every input that once broke a promise,
 * in a directory named as its target.
 */
final class Seeds {
  private static final Path SAMPLES = Path.of("src/test/resources/io/walletsync/server/provider");
  private static final Path FOUND = Path.of("src/test/resources/io/walletsync/server/fuzz");

  private static final byte[] NOTHING = {};
  private static final Pattern AMOUNT = Pattern.compile("(\"\\w*[bB]alance\\w*\": *)-?[0-9.]+");

  /** Amounts that no chance would write so soon: too long, too large, and without end. */
  private static final List<String> STRANGE =
      List.of("1234567890123456789012.5", "1e-400", "1e999999999", "1e99999999999999999999");

  private Seeds() {}

  static List<byte[]> of(FuzzTarget target) {
    var samples =
        files(SAMPLES.resolve(target.samples())).stream()
            .filter(sample -> name(sample).startsWith("webhook") == target.isWebhook())
            .toList();
    var seeds = new ArrayList<byte[]>();
    for (var sample : samples) {
      seeds.addAll(inputs(target, sample, samples));
    }
    for (var found : files(FOUND.resolve(target.name()))) {
      seeds.add(bytes(found));
    }
    return seeds;
  }

  private static List<byte[]> inputs(FuzzTarget target, Path sample, List<Path> others) {
    var bytes = ours(sample);
    if (target.isWebhook()) {
      return List.of(join("a-proof".getBytes(US_ASCII), 0, bytes));
    }
    if (isError(sample)) {
      return IntStream.of(0, 1, 3, 4, FuzzedAdapter.ONE, 4 | FuzzedAdapter.ONE)
          .mapToObj(what -> join(NOTHING, what, bytes))
          .toList();
    }
    var inputs = new ArrayList<byte[]>();
    inputs.add(join(NOTHING, 0, bytes));
    for (var number : STRANGE) {
      inputs.add(
          join(NOTHING, 0, AMOUNT.matcher(text(bytes)).replaceAll("$1" + number).getBytes(UTF_8)));
    }
    for (var other : others) {
      if (!isError(other)) {
        inputs.add(join(join(NOTHING, FuzzedAdapter.TWO_BODIES, bytes), 0, ours(other)));
        var one = FuzzedAdapter.TWO_BODIES | FuzzedAdapter.ONE;
        inputs.add(join(join(NOTHING, one, bytes), 0, ours(other)));
      }
    }
    return inputs;
  }

  /** As if they were all of the business that is connected. */
  private static byte[] ours(Path sample) {
    return text(bytes(sample))
        .replaceAll("(\"business\": *)\"[0-9a-f]{24}\"", "$1\"" + FuzzedAdapter.BUSINESS + "\"")
        .getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static boolean isError(Path sample) {
    return name(sample).startsWith("error");
  }

  /** The one, a byte, and the other. */
  static byte[] join(byte[] head, int one, byte[] tail) {
    var all = new byte[head.length + 1 + tail.length];
    System.arraycopy(head, 0, all, 0, head.length);
    all[head.length] = (byte) one;
    System.arraycopy(tail, 0, all, head.length + 1, tail.length);
    return all;
  }

  private static String name(Path file) {
    return file.getName(file.getNameCount() - 1).toString();
  }

  private static List<Path> files(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
