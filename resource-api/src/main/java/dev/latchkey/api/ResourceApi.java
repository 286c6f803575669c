package dev.latchkey.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/** The resource server: takes the realm's access tokens and serves an owner's rows. */
// Without Spring's error page whatever goes wrong outside of a controller ends in Tomcat's error valve, which is ours.
@SpringBootApplication(exclude = {ErrorMvcAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@ConfigurationPropertiesScan
public class ResourceApi {

    public static void main(String[] args) {
        SpringApplication.run(ResourceApi.class, args);
    }
}
