package io.walletsync.server.postgres;

import io.walletsync.core.wallet.Metadata;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Metadata as the text of a jsonb column. */
final class MetadataJson {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private MetadataJson() {}

  static String write(Metadata metadata) {
    return MAPPER.writeValueAsString(metadata.entries());
  }

  static Metadata read(String json) {
    return json.equals("{}") ? Metadata.NONE : Metadata.of(MAPPER.readValue(json, TEXTS));
  }
}
