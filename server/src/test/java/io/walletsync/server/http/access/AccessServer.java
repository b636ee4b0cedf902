package io.walletsync.server.http.access;

import io.walletsync.core.access.AccessExample;
import io.walletsync.server.http.problem.ProblemWriter;
import java.net.URI;
import java.net.http.HttpClient;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** The real filter, interceptor and routes of API keys on a real Tomcat, with ports in memory. */
final class AccessServer implements AutoCloseable {
  final AccessExample access;
  final HttpClient client = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;

  AccessServer() {
    this(new AccessExample());
  }

  AccessServer(AccessExample access) {
    this.access = access;
    context =
        new SpringApplicationBuilder(Wiring.class)
            .initializers(
                starting -> starting.getBeanFactory().registerSingleton("accessExample", access))
            .properties(
                "server.port=0",
                "server.address=127.0.0.1",
                "spring.main.banner-mode=off",
                "logging.level.root=warn")
            .run();
  }

  URI uri(String target) {
    var port = context.getEnvironment().getRequiredProperty("local.server.port");
    return URI.create("http://localhost:" + port + target);
  }

  @Override
  public void close() {
    context.close();
    client.close();
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class
  })
  @Import(EchoRoutes.class)
  static class Wiring {
    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
      return new ProblemWriter(json);
    }

    @Bean
    FilterRegistrationBean<SignatureFilter> signatureFilter(
        AccessExample access,
        ProblemWriter problems,
        HandlerExceptionResolver handlerExceptionResolver) {
      var filter =
          new SignatureFilter(
              access.authenticateRequest(), new PublicRoutes(), problems, handlerExceptionResolver);
      var registration = new FilterRegistrationBean<>(filter);
      registration.setOrder(SignatureFilter.ORDER);
      return registration;
    }

    @Bean
    WebMvcConfigurer interceptors(AccessExample access, ProblemWriter problems) {
      return new WebMvcConfigurer() {
        @Override
        public void addInterceptors(InterceptorRegistry registry) {
          registry.addInterceptor(new ScopeInterceptor(access.authorizeCaller(), problems));
        }
      };
    }

    @Bean
    ApiKeyController apiKeyController(AccessExample access, ProblemWriter problems) {
      return new ApiKeyController(
          access.keys,
          access.createApiKey(),
          access.rotateApiKey(),
          access.revokeApiKey(),
          problems);
    }
  }
}
