package dev.slipway.model.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {

  /** Fault 19: each fault of a name has a text of its own. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Nginx | must be in lower case before its tag (got Nginx)",
        "me/App:1.0 | must be in lower case before its tag (got me/App:1.0)",
        "https://r.example.com/me/app | must have no scheme: write registry.example.com/me/app"
            + " without https:// (got https://r.example.com/me/app)",
        "me/my app | must have no white space (got me/my app)",
        "nginx: | must have a tag after ':' (got nginx:)",
        "nginx:a$b | must have a tag of letters, digits, '_', '.' and '-' that begins with none of"
            + " the last two (got nginx:a$b)",
        "nginx@sha256:abc | must have a digest of the form sha256: and 64 hexadecimal digits after"
            + " '@' (got nginx@sha256:abc)",
        "nginx:1@ | must have a digest of the form sha256: and 64 hexadecimal digits after '@'"
            + " (got nginx:1@)",
        "<user>/app | must be an image name such as nginx or me/app:1.0 (got <user>/app)",
        "a//b | must be an image name such as nginx or me/app:1.0 (got a//b)",
        "'' | must be an image name such as nginx or me/app:1.0 (got )",
      })
  void namesTheRuleThatIsBroken(String image, String said) {
    assertThatThrownBy(() -> Attributes.IMAGE.kind().read("image", image))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("image " + said);
  }

  @Test
  void namesTheLengthOfATagAndOfTheWholeAndShowsTheirBeginning() {
    assertThatThrownBy(() -> Attributes.IMAGE.kind().read("image", "nginx:" + "a".repeat(129)))
        .hasMessage(
            "image must have a tag of at most 128 characters (got nginx:%s...)"
                .formatted("a".repeat(94)));
    assertThatThrownBy(() -> Attributes.IMAGE.kind().read("image", "a".repeat(513)))
        .hasMessage(
            "image must have at most 512 characters (got %s...)".formatted("a".repeat(100)));
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, nginx:latest",
    "Registry.Example.com:5000/me/app, Registry.Example.com:5000/me/app:latest",
    "me/app:V1_x.y-z, me/app:V1_x.y-z"
  })
  void takesRegistriesInAnyCaseAndAddsTheTag(String image, String name) {
    assertThat(Attributes.IMAGE.kind().read("image", image)).isEqualTo(name);
  }
}
