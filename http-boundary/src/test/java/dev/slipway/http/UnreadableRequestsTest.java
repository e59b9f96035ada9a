package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

class UnreadableRequestsTest {

  static Stream<Exception> unreadable() {
    return Stream.of(
        new HttpMediaTypeNotSupportedException(MediaType.TEXT_XML, List.of()),
        new HttpMediaTypeNotAcceptableException(List.of()),
        new InvalidMediaTypeException("x", "no type"),
        new InvalidMimeTypeException("x", "no type"),
        new MultipartException("no boundary"),
        new MaxUploadSizeExceededException(1),
        new IllegalCharsetNameException("?"),
        new UnsupportedCharsetException("x"),
        new MissingServletRequestParameterException("x", "String"),
        new ServletRequestBindingException("x"),
        new TypeMismatchException("x", Integer.class),
        new HttpMessageNotReadableException("x", (org.springframework.http.HttpInputMessage) null),
        new InvalidParameterException("x"),
        new BadRequestException("x"),
        new NoResourceFoundException(HttpMethod.GET, "/", "x"),
        new ResponseStatusException(org.springframework.http.HttpStatus.GONE));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void areTheClientsFaultWhateverClassTheFrameworkThrows(Exception failure) {
    var refusal = UnreadableRequests.refusalOf(failure);

    assertThat(refusal).as(failure.toString()).isPresent();
    assertThat(refusal.get().status().is4xxClientError()).isTrue();
    assertThat(refusal.get().message()).isNotBlank().doesNotContain("Exception", "springframework");
  }

  @Test
  void leaveFailuresOfTheServerAlone() {
    assertThat(UnreadableRequests.refusalOf(new IllegalStateException("broken"))).isEmpty();
    assertThat(UnreadableRequests.refusalOf(new IllegalArgumentException("broken"))).isEmpty();
    assertThat(UnreadableRequests.refusalOf(new NullPointerException())).isEmpty();
  }
}
