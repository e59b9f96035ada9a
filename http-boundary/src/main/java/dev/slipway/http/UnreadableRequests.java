package dev.slipway.http;

import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.multipart.MultipartException;

/**
 * The exceptions by which Spring and Tomcat say that a request cannot be read. They are faults of
 * the client, not of the server.
 */
final class UnreadableRequests {

  /** What a client did wrong, by the class of the exception; the first that fits counts. */
  private record Fault(Class<? extends Exception> type, HttpStatus status, String message) {}

  private static final List<Fault> FAULTS =
      List.of(
          new Fault(
              HttpMediaTypeException.class,
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              "the Content-Type is not taken here; send application/json"),
          new Fault(
              InvalidMediaTypeException.class,
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              "the Content-Type is malformed; send application/json"),
          new Fault(
              InvalidMimeTypeException.class,
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              "the Content-Type is malformed; send application/json"),
          new Fault(
              MultipartException.class,
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              "multipart bodies are not taken; send application/json"),
          new Fault(
              IllegalCharsetNameException.class,
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              "the charset of the Content-Type is malformed; send UTF-8"),
          new Fault(
              UnsupportedCharsetException.class,
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              "the charset of the Content-Type is not known; send UTF-8"),
          new Fault(
              ServletRequestBindingException.class,
              HttpStatus.BAD_REQUEST,
              "a parameter or header is missing or malformed"),
          new Fault(
              TypeMismatchException.class,
              HttpStatus.BAD_REQUEST,
              "a parameter has a value of another type"),
          new Fault(
              HttpMessageNotReadableException.class,
              HttpStatus.BAD_REQUEST,
              "the body cannot be read"),
          new Fault(
              InvalidParameterException.class,
              HttpStatus.BAD_REQUEST,
              "the parameters of the query cannot be read"),
          new Fault(
              BadRequestException.class, HttpStatus.BAD_REQUEST, "the request cannot be read"));

  private UnreadableRequests() {}

  /** A status of 4xx and what to tell the client. */
  record Refusal(HttpStatusCode status, String message) {}

  /** How to answer a request that failed so; empty if the failure is the server's. */
  static Optional<Refusal> refusalOf(Exception failure) {
    var known =
        FAULTS.stream().filter(fault -> fault.type().isInstance(failure)).findFirst().orElse(null);
    if (failure instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
      var detail = response.getBody().getDetail();
      var otherwise = known == null ? "the request cannot be read" : known.message();
      return Optional.of(
          new Refusal(response.getStatusCode(), detail == null ? otherwise : detail));
    }
    return Optional.ofNullable(known).map(fault -> new Refusal(fault.status(), fault.message()));
  }
}
