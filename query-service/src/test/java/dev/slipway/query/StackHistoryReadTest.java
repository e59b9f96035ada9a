package dev.slipway.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The versions of stacks over HTTP. */
class StackHistoryReadTest extends StackReads {

  @Test
  void listsEachVersionOfAStackWithWhatItChanged() throws Exception {
    var gone = STACKS + GONE + "/";
    var history = json(gone + "history/?order=desc");
    assertThat(history.at("/meta/total_count").asInt()).isEqualTo(4);
    assertThat(history.get("objects").findValuesAsString("type"))
        .containsExactly("StackTerminated", "StackDefined", "StackDefined", "StackCreated");
    var second = history.at("/objects/1");
    assertThat(second.get("version").asInt()).isEqualTo(2);
    assertThat(second.get("services").findValuesAsString("name"))
        .containsExactly("web", "new", "old");
    assertThat(second.get("services").findValuesAsString("change"))
        .containsExactly("update", "create", "terminate");
    assertThat((Object) second.at("/services/0/changes"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    "[{'attribute':'image','from':'demo/web:1','to':'demo/web:2'}]"
                        .replace('\'', '"')));
    assertThat(second.toString()).doesNotContain("s3cret").contains("***");
    assertThat(json(gone + "history/?type=StackDefined&limit=1").get("objects").size())
        .isEqualTo(1);
    assertThat(get(gone + "history/?type=ServiceUpdated").body()).contains("StackDefined");
    assertThat(get(STACKS + WEB + "/history/").statusCode()).isEqualTo(404);
  }

  @Test
  void comparesTwoVersionsOfAStack() throws Exception {
    var gone = STACKS + GONE + "/";
    var diff = json(gone + "diff/?from=1");
    assertThat(diff.at("/from/version").asInt()).isEqualTo(1);
    assertThat(diff.at("/to/version").asInt()).isEqualTo(3);
    assertThat(diff.at("/services/0/changes/0/to").asString()).isEqualTo("demo/web:2");
    assertThat(json(gone + "diff/?from=2&to=3").get("services")).isEmpty();
    var renamed = json(STACKS + SHOP + "/diff/?from=0&to=1");
    assertThat(renamed.at("/changes/0/to").asString()).isEqualTo("the shop");
    for (var wrong : List.of("", "?from=x", "?from=9", "?from=-1", "?from=1&from=2")) {
      var answer = get(gone + "diff/" + wrong);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
      assertThat(answer.body()).contains("from must be");
    }
  }
}
