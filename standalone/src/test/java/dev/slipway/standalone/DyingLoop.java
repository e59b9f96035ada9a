package dev.slipway.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Lets the loop that watches the publishing of a whole Slipway die while a file exists. Only a
 * process whose environment names that file is changed.
 */
public final class DyingLoop
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  static final String LOOP = "publishing-watch";
  static final String FILE = "SLIPWAY_TEST_DYING_LOOP";

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var file = System.getenv(FILE);
    if (file != null) {
      context.getBeanFactory().addBeanPostProcessor(new Deadly(Path.of(file)));
    }
  }

  private record Deadly(Path file) implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof DataSource source ? new DeadlySource(source, file) : bean;
    }
  }

  private static final class DeadlySource extends DelegatingDataSource {

    private final Path file;

    DeadlySource(DataSource source, Path file) {
      super(source);
      this.file = file;
    }

    @Override
    public Connection getConnection() throws SQLException {
      if (Thread.currentThread().getName().equals(LOOP) && Files.exists(file)) {
        throw new StackOverflowError("of a test");
      }
      return super.getConnection();
    }
  }
}
