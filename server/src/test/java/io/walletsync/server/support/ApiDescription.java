package io.walletsync.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.walletsync.server.support.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The description of the API, to hold requests and answers against. */
public final class ApiDescription {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String BASE = "urn:walletsync:openapi";
  private static final Set<String> METHODS = Set.of("get", "post", "patch", "put", "delete");

  private final JsonNode document;
  private final SchemaRegistry schemas;

  public ApiDescription(String yaml) {
    Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    document = JSON.valueToTree(loaded);
    schemas =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder
                    .schemas(Map.of(BASE, document.toString()))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /**
   * What one method of one path does.
   *
   * @param path with its variables, such as {@code /api/v1/wallets/{wallet_id}}
   */
  public record Operation(String method, String path, JsonNode node) {
    public String name() {
      return method + " " + path;
    }

    public boolean isPublic() {
      return node.path("security").isArray() && node.path("security").isEmpty();
    }

    public String scope() {
      return node.path("x-required-scope").asString("");
    }

    public Set<String> statuses() {
      return Set.copyOf(node.path("responses").propertyNames());
    }

    private boolean matches(String otherMethod, String otherPath) {
      return method.equals(otherMethod)
          && otherPath.matches(path.replaceAll("\\{[a-z_]+}", "[^/]+"));
    }
  }

  public JsonNode document() {
    return document;
  }

  public List<Operation> operations() {
    var operations = new ArrayList<Operation>();
    for (var path : document.path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        assertThat(METHODS).contains(method.getKey());
        operations.add(
            new Operation(
                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
      }
    }
    return operations;
  }

  public @Nullable Operation find(String method, String path) {
    return operations().stream()
        .filter(operation -> operation.matches(method, path))
        .findFirst()
        .orElse(null);
  }

  /** Fails unless the body is what the operation takes. */
  public void checkRequest(Operation operation, String body) {
    var schema = operation.node().at("/requestBody/content/application~1json/schema");
    assertThat(errors(schema, JSON.readTree(body))).as("the body of " + operation.name()).isEmpty();
  }

  /** Fails unless status, headers and body of the answer are documented exactly so. */
  public void checkAnswer(String method, String path, Answer answer) {
    var as = method + " " + path + ": " + answer;
    var response = response(method, path, answer.status());
    assertThat(response.isObject()).as("documented: " + as).isTrue();
    for (var header : response.path("headers").properties()) {
      var description = resolved(header.getValue());
      var value = answer.response().headers().firstValue(header.getKey());
      if (description.path("required").asBoolean(false)) {
        assertThat(value).as(header.getKey() + " of " + as).isPresent();
      }
      value.ifPresent(
          text ->
              assertThat(errors(description.path("schema"), text(text)))
                  .as(header.getKey() + " of " + as)
                  .isEmpty());
    }
    var content = response.path("content");
    if (content.isMissingNode()) {
      assertThat(answer.body()).as(as).isEmpty();
      return;
    }
    var type = answer.header("Content-Type").replaceFirst(";.*", "");
    var schema = content.path(type).path("schema");
    assertThat(schema.isMissingNode()).as(type + " of " + as).isFalse();
    var body = type.endsWith("json") ? answer.json() : text(answer.body());
    assertThat(errors(schema, body)).as(as).isEmpty();
  }

  private JsonNode response(String method, String path, int status) {
    var operation = find(method, path);
    if (operation != null) {
      return resolved(operation.node().path("responses").path(Integer.toString(status)));
    }
    return document.path("components").path("responses").path(wrongRoute(status));
  }

  private static String wrongRoute(int status) {
    return switch (status) {
      case 404 -> "RouteNotFound";
      case 405 -> "MethodNotAllowed";
      default -> "nothing else is answered where there is no operation";
    };
  }

  /** What is wrong with an instance; the schema may point into the description. */
  public List<String> errors(JsonNode schema, JsonNode instance) {
    var absolute = JSON.readTree(schema.toString().replace("\"#/", "\"" + BASE + "#/"));
    return schemas.getSchema(absolute).validate(instance).stream().map(Objects::toString).toList();
  }

  /** What is wrong with a schema itself. */
  public List<String> flaws(JsonNode schema) {
    var reference = JsonNodeFactory.instance.objectNode();
    reference.put("$ref", SpecificationVersion.DRAFT_2020_12.getDialectId());
    return schemas.getSchema(reference).validate(schema).stream().map(Objects::toString).toList();
  }

  public JsonNode resolved(JsonNode node) {
    var reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }
}
