package io.walletsync.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.walletsync.core.access.AuthenticateRequest;
import io.walletsync.core.access.AuthorizeCaller;
import io.walletsync.core.kernel.Ids;
import io.walletsync.server.http.access.ApiKeyController;
import io.walletsync.server.http.access.AuditController;
import io.walletsync.server.http.access.PublicRoutes;
import io.walletsync.server.http.access.RequestIdFilter;
import io.walletsync.server.http.access.ScopeInterceptor;
import io.walletsync.server.http.access.SignatureFilter;
import io.walletsync.server.http.alert.AlertController;
import io.walletsync.server.http.alert.AlertRuleController;
import io.walletsync.server.http.balance.AnalyticsController;
import io.walletsync.server.http.balance.BalanceController;
import io.walletsync.server.http.balance.HistoryController;
import io.walletsync.server.http.balance.PositionController;
import io.walletsync.server.http.balance.QuarantineController;
import io.walletsync.server.http.connection.ConnectionController;
import io.walletsync.server.http.connection.ConnectionTrialController;
import io.walletsync.server.http.event.ProviderEventController;
import io.walletsync.server.http.event.WebhookController;
import io.walletsync.server.http.export.ExportController;
import io.walletsync.server.http.feed.EventFeedController;
import io.walletsync.server.http.feed.EventStreamController;
import io.walletsync.server.http.feed.FeedConfiguration;
import io.walletsync.server.http.movement.MovementController;
import io.walletsync.server.http.movement.MovementImportController;
import io.walletsync.server.http.movement.UnexplainedWalletController;
import io.walletsync.server.http.payout.PayoutController;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.reconciliation.ExpectedBalanceController;
import io.walletsync.server.http.reconciliation.ReconciliationController;
import io.walletsync.server.http.runway.RunwayController;
import io.walletsync.server.http.subscription.SubscriptionController;
import io.walletsync.server.http.subscription.SubscriptionDeliveryController;
import io.walletsync.server.http.sync.SyncController;
import io.walletsync.server.http.sync.SyncRunController;
import io.walletsync.server.http.wallet.WalletController;
import jakarta.servlet.Filter;
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
  MovementImportController.class,
  UnexplainedWalletController.class,
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
  FeedConfiguration.class,
  ProblemAdvice.class
})
public class HttpConfiguration {
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
