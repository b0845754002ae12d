package dev.kvasir.inference;

/**
 * Facts of the loaded model.
 *
 * @param id name of its folder or file
 * @param contextTokens most tokens of prompt and answer together
 * @param vocabularySize number of token ids
 * @param parameters number of weights
 * @param tokensToDouble depth in a prompt at which computing a token takes twice as much as at the
 *     start, by the model's shape
 * @param layout of its K/V
 * @param kernelForm {@code onednn}, {@code int8} or {@code plain}
 * @param device {@code cpu} or {@code gpu}
 * @param tools whether its chat template shows it the tools of a conversation
 */
public record ModelInfo(
    String id,
    int contextTokens,
    int vocabularySize,
    long parameters,
    double tokensToDouble,
    KvLayout layout,
    String kernelForm,
    String device,
    boolean tools) {}
