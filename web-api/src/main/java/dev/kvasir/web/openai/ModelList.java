package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/** Answer of {@code GET /v1/models}. */
@JsonbPropertyOrder({"object", "data"})
public record ModelList(String object, List<ModelCard> data) {}
