package dev.slipway.command.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Namespace;
import dev.slipway.model.SealedSecret;
import dev.slipway.model.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class SealTest {

  private static final Namespace ACME = new Namespace("acme");
  private static final Secret SECRET = new Secret("s3cret");
  private static EmbeddedPostgres postgres;
  private static JdbcTemplate jdbc;
  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    var dataSource = postgres.getPostgresDatabase();
    Flyway.configure().dataSource(dataSource).locations("classpath:db/slipway").load().migrate();
    jdbc = new JdbcTemplate(dataSource);
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void forgetKeys() {
    jdbc.update("DELETE FROM data_keys");
  }

  private Path file() {
    return folder.resolve("secrets").resolve("master.key");
  }

  private Seal seal() {
    return new Seal(jdbc, new MasterKey(file()));
  }

  @Test
  void whatIsSealedOpensInAnotherProcess() {
    var sealed = seal().seal(ACME, "registry", SECRET);
    assertThat(new String(Base64.getDecoder().decode(sealed.value()))).doesNotContain("s3cret");
    assertThat(seal().open(ACME, "registry", sealed)).isEqualTo(SECRET);
  }

  @Test
  void equalSecretsAreSealedDifferently() {
    var seal = seal();
    assertThat(seal.seal(ACME, "a", SECRET)).isNotEqualTo(seal.seal(ACME, "a", SECRET));
  }

  @Test
  void aSecretOpensOnlyWhereItBelongs() {
    var seal = seal();
    var sealed = seal.seal(ACME, "registry quay.io", SECRET);
    assertThatThrownBy(() -> seal.open(ACME, "registry ghcr.io", sealed))
        .isInstanceOf(SealFailure.class);
    assertThatThrownBy(() -> seal.open(new Namespace("other"), "registry quay.io", sealed))
        .isInstanceOf(SealFailure.class);
    for (var damaged : new String[] {"", "AAAA", "no base64!", sealed.value().substring(4)}) {
      assertThatThrownBy(() -> seal.open(ACME, "registry quay.io", new SealedSecret(damaged)))
          .isInstanceOf(SealFailure.class)
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void withoutItsDataKeyNothingOpens() {
    var sealed = seal().seal(ACME, "a", SECRET);
    jdbc.update("DELETE FROM data_keys");
    assertThatThrownBy(() -> seal().open(ACME, "a", sealed)).isInstanceOf(SealFailure.class);
  }

  @Test
  void aLostMasterKeyIsNotReplacedInSilence() throws Exception {
    seal().seal(ACME, "a", SECRET);
    var kept = Files.readString(file());
    Files.delete(file());
    for (var namespace : new Namespace[] {ACME, new Namespace("other")}) {
      assertThatThrownBy(() -> seal().seal(namespace, "a", SECRET))
          .isInstanceOf(SealFailure.class)
          .hasMessageContaining("is missing");
    }
    Files.writeString(file(), kept);
    assertThat(seal().seal(ACME, "a", SECRET)).isNotNull();
  }

  @Test
  void anotherMasterKeyIsNamedAsTheCause() throws Exception {
    seal().seal(ACME, "a", SECRET);
    var other = new MasterKey(folder.resolve("other.key"));
    var _ = other.aead(true);
    assertThatThrownBy(() -> new Seal(jdbc, other).seal(ACME, "a", SECRET))
        .isInstanceOf(SealFailure.class)
        .hasMessageContaining("another");
  }

  @Test
  void onlyTheOwnerCanReadTheMasterKey() throws Exception {
    seal().seal(ACME, "a", SECRET);
    assertThat(mode(file())).isEqualTo("rw-------");
    assertThat(mode(file().getParent())).isEqualTo("rwx------");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    seal().seal(ACME, "a", SECRET);
    assertThat(mode(file())).isEqualTo("rw-------");
  }

  @Test
  void withoutAPlaceForTheMasterKeyNothingIsSealed() {
    assertThatThrownBy(() -> new Seal(jdbc, new MasterKey(null)).seal(ACME, "a", SECRET))
        .isInstanceOf(SealFailure.class)
        .hasMessageContaining("SLIPWAY_MASTER_KEY_FILE");
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
