package io.walletsync.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.walletsync.core.access.AuthenticateRequest;
import io.walletsync.core.access.AuthorizeCaller;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.notification.Outbox;
import jakarta.servlet.Filter;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.MimeMappings;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The public API: its routes, and what every request passes before it reaches one. */
@Configuration(proxyBeanMethods = false)
@Import({
  ConnectionController.class,
  ConnectionTrialController.class,
  QuarantineController.class,
  WalletController.class,
  SyncController.class,
  SyncRunController.class,
  ExpectedBalanceController.class,
  ReconciliationController.class,
  RunwayController.class,
  PayoutController.class,
  BalanceController.class,
  MovementController.class,
  HistoryController.class,
  AnalyticsController.class,
  PositionController.class,
  ExportController.class,
  AuditController.class,
  EventFeedController.class,
  EventStreamController.class,
  AlertRuleController.class,
  AlertController.class,
  ApiKeyController.class,
  WebhookController.class,
  ProviderEventController.class,
  SubscriptionController.class,
  SubscriptionDeliveryController.class,
  ProblemAdvice.class
})
public class HttpConfiguration {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** Members in the order the records declare them; unknown is null, not absent. */
  @Bean
  JsonMapper jsonMapper() {
    return JsonMapper.builder()
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.ALWAYS))
        .build();
  }

  @Bean
  EventFormat eventFormat(JsonMapper json) {
    return new EventText(json);
  }

  @Bean
  EventQueryReader eventQueryReader(Outbox outbox) {
    return new EventQueryReader(outbox);
  }

  @Bean
  FeedTail feedTail(Outbox outbox, EventFormat format) {
    return new FeedTail(outbox, format, BETWEEN_LOOKS);
  }

  @Bean
  EventStreams eventStreams(FeedTail tail, OpenStreams limit) {
    return new EventStreams(tail, limit, EventStream.Pace.STANDARD);
  }

  @Bean
  MeterBinder openStreamsGauge(EventStreams streams) {
    return registry ->
        Gauge.builder("walletsync.event.streams.open", streams, EventStreams::open)
            .register(registry);
  }

  @Bean
  ProblemWriter problemWriter(JsonMapper json) {
    return new ProblemWriter(json);
  }

  @Bean
  FilterRegistrationBean<RequestIdFilter> requestIds(Ids ids) {
    return filter(new RequestIdFilter(ids), Ordered.HIGHEST_PRECEDENCE);
  }

  @Bean
  FilterRegistrationBean<SignatureFilter> signatures(
      AuthenticateRequest authenticateRequest,
      ProblemWriter problems,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver exceptions) {
    return filter(
        new SignatureFilter(authenticateRequest, new PublicRoutes(), problems, exceptions),
        SignatureFilter.ORDER);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(
      Ids ids, ProblemWriter problems) {
    return factory -> {
      factory.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new ProblemValve(ids, problems)));
      var yaml = new MimeMappings();
      yaml.add("yaml", "application/yaml");
      factory.addMimeMappings(yaml);
    };
  }

  @Bean
  DocumentationPages documentationPages() {
    return new DocumentationPages();
  }

  private static <T extends Filter> FilterRegistrationBean<T> filter(T filter, int order) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    return registration;
  }

  @Bean
  WebMvcConfigurer scopes(AuthorizeCaller authorizeCaller, ProblemWriter problems) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new ScopeInterceptor(authorizeCaller, problems));
      }

      @Override
      public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        // an answer is JSON whatever Accept says: once the work is done it is too late to refuse
        configurer.ignoreAcceptHeader(true).defaultContentType(MediaType.APPLICATION_JSON);
      }
    };
  }
}
