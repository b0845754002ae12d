package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * One model that can be asked.
 *
 * @param id its name in requests
 * @param object always {@code model}
 * @param created when this server started, epoch seconds
 * @param ownedBy who serves it
 */
@JsonbPropertyOrder({"id", "object", "created", "ownedBy"})
public record ModelCard(String id, String object, long created, String ownedBy) {}
