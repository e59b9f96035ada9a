package dev.slipway.cli.compose;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/**
 * A stack as the API takes it, read from a file.
 *
 * @param name of the stack, empty if the file has none
 * @param services each with its name
 * @param notes what of the file has no equivalent, and what becomes of it
 */
public record StackFile(String name, ArrayNode services, List<String> notes) {}
