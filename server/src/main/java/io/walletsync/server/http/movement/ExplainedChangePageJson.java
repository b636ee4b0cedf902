package io.walletsync.server.http.movement;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A page of explained changes.
 *
 * @param unexplained what is left of the whole wallet
 */
@JsonNaming(SnakeCaseStrategy.class)
record ExplainedChangePageJson(
    List<ExplainedChangeJson> data,
    boolean hasMore,
    @Nullable String nextCursor,
    UnexplainedJson unexplained) {}
