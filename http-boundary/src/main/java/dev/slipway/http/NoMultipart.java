package dev.slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.multipart.MultipartResolver;

/** Leaves every body alone: Spring would take one apart, and fail, before a controller sees it. */
final class NoMultipart implements MultipartResolver {

  @Override
  public boolean isMultipart(HttpServletRequest request) {
    return false;
  }

  @Override
  public MultipartHttpServletRequest resolveMultipart(HttpServletRequest request) {
    throw new MultipartException("multipart bodies are not taken");
  }

  @Override
  public void cleanupMultipart(MultipartHttpServletRequest request) {}
}
