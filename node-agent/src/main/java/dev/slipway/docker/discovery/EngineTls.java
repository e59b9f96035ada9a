package dev.slipway.docker.discovery;

import com.github.dockerjava.core.util.CertificateUtils;
import com.github.dockerjava.transport.SSLConfig;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/** TLS for a connection to an Engine, from the PEM files that the Docker CLI uses. */
public final class EngineTls implements SSLConfig {

  private static final char[] PASSWORD = "docker".toCharArray(); // CertificateUtils sets this one

  private final EngineAddress.Tls settings;

  private EngineTls(EngineAddress.Tls settings) {
    this.settings = settings;
    if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
      Security.addProvider(new BouncyCastleProvider()); // CertificateUtils asks for it by name
    }
  }

  /** Null for a connection without TLS. */
  public static @Nullable SSLConfig of(EngineAddress.@Nullable Tls settings) {
    return settings == null ? null : new EngineTls(settings);
  }

  /**
   * @throws UnsupportedEngine if a file is missing or is not what its name says
   */
  @Override
  public SSLContext getSSLContext() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return context;
    } catch (GeneralSecurityException | IOException | RuntimeException failure) {
      throw new UnsupportedEngine(
          "the certificates in %s cannot be used: %s"
              .formatted(settings.folder(), failure.getMessage()));
    }
  }

  private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
    if (settings.verify() && !Files.isDirectory(settings.folder())) {
      throw new IOException("there is no such folder");
    }
    if (!Files.exists(file("cert.pem")) && !Files.exists(file("key.pem"))) {
      return null;
    }
    var store = CertificateUtils.createKeyStore(text("key.pem"), text("cert.pem"));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    return factory.getKeyManagers();
  }

  private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
    if (!settings.verify()) {
      return new TrustManager[] {new TrustEverything()};
    }
    var authorities = Files.exists(file("ca.pem")) ? authorities() : null;
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return factory.getTrustManagers();
  }

  private KeyStore authorities() throws GeneralSecurityException, IOException {
    return CertificateUtils.createTrustStore(text("ca.pem"));
  }

  private String text(String name) throws IOException {
    if (!Files.isReadable(file(name))) {
      throw new IOException("%s is missing or cannot be read".formatted(name));
    }
    return Files.readString(file(name));
  }

  private Path file(String name) {
    return settings.folder().resolve(name);
  }

  /** For a context of the CLI with {@code SkipTLSVerify}: the user has asked for it. */
  private static final class TrustEverything extends X509ExtendedTrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
