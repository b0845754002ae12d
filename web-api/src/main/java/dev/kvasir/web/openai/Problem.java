package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * Body of every answer outside of OpenAI's paths that is not a success (RFC 9457).
 *
 * @param type names the kind of problem: {@code urn:kvasir:problem:} and the error's code
 * @param title of the kind
 * @param status of HTTP
 * @param detail what was expected, what came, what to do
 * @param instance path of the request
 * @param error the same as OpenAI's clients expect it
 */
@JsonbPropertyOrder({"type", "title", "status", "detail", "instance", "error"})
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    ErrorBody.Detail error) {}
