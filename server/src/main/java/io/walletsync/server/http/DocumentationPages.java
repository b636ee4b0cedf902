package io.walletsync.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The description of the API and the page to read it, for everybody: they show nothing of the
 * installation. The page may load nothing from elsewhere and run no script but its own.
 */
final class DocumentationPages implements WebMvcConfigurer, HandlerInterceptor {
  private static final String PAGE = "/docs/";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    // with a status it is sent as it stands; without, Tomcat adds a host that a proxy may have
    // changed
    registry.addRedirectViewController("/docs", PAGE).setStatusCode(HttpStatus.FOUND);
    registry.addViewController(PAGE).setViewName("forward:/docs/index.html");
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    // the build gives every file the same time, so a browser could not tell an old one
    registry
        .addResourceHandler("/openapi.yaml")
        .addResourceLocations("classpath:/static/")
        .setUseLastModified(false)
        .setCacheControl(CacheControl.noStore());
    registry
        .addResourceHandler("/docs/**")
        .addResourceLocations("classpath:/static/docs/")
        .setUseLastModified(false)
        .setCacheControl(CacheControl.noStore());
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/docs/**", "/webjars/**");
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    return true;
  }
}
