package dev.kvasir.engine.sample;

import dev.kvasir.inference.SamplingParams;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens that min_p, top_k and top_p leave, one of which is drawn. A token's weight is {@code
 * e^((logit - largest) / temperature)}: 1 for the most likely one.
 */
final class Candidates {
  /*
   * min_p (Nguyen et al., arXiv:2407.01082) keeps tokens of at least this weight, top_k the k largest
   * ones, and top_p (nucleus sampling, Holtzman et al., arXiv:1904.09751) the smallest leading set
   * with this share of the weight that is left. Leading means: by falling logit, then by rising id.
   *
   * Nothing is sorted but the top k. For top_p alone, a token below (1 - p) / n of all weight cannot
   * be in the nucleus, since all such tokens together have less than 1 - p; of 49,152 tokens this
   * mostly leaves some hundred. The nucleus is then found as in quickselect: cut at a pivot, go on in
   * the half where the weight is reached.
   */

  /** Logarithms round; this much more is let in, and looked at exactly. */
  private static final double SLACK = 0.999;

  private final int[] ids; // (at least size)
  private final double[] weights; // (at least size), of the same token
  private int size;

  private Candidates(int[] ids, double[] weights) {
    this.ids = ids;
    this.weights = weights;
    this.size = ids.length;
  }

  /**
   * Applies the filters; at least one of them must be there.
   *
   * @param logits (vocabulary); not changed
   * @param largest of them
   */
  static Candidates of(float[] logits, double largest, SamplingParams params) {
    double temperature = params.temperature();
    boolean nucleusOnly = params.topK() == 0 && params.minP() == 0;
    double total = nucleusOnly ? Logits.mass(logits, largest, temperature) : 0;
    double floor = nucleusOnly ? (1 - params.topP()) * total / logits.length : params.minP();
    int[] ids =
        params.topK() > 0
            ? Logits.largest(params.topK(), logits)
            : Logits.idsFrom(largest + temperature * Math.log(floor * SLACK), logits);
    double[] weights = new double[ids.length];
    for (int i = 0; i < ids.length; i++) {
      weights[i] = Exponential.of((logits[ids[i]] - largest) / temperature);
    }
    Candidates candidates = new Candidates(ids, weights);
    candidates.keepFrom(params.minP());
    if (params.topP() < 1) {
      candidates.keepLeading(params.topP() * (nucleusOnly ? total : candidates.total()));
    }
    return candidates;
  }

  /**
   * Draws by weight.
   *
   * @param share 0 up to, but not, 1: where on the line of all weights
   */
  int draw(double share) {
    double rest = share * total();
    for (int i = 0; i < size; i++) {
      rest -= weights[i];
      if (rest < 0) {
        return ids[i];
      }
    }
    return ids[0]; // rounding left nothing
  }

  /** Ids of the candidates, in no particular order. */
  List<Integer> ids() {
    return Arrays.stream(ids, 0, size).boxed().toList();
  }

  private double total() {
    return sum(0, size);
  }

  private double sum(int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += weights[i];
    }
    return sum;
  }

  private void keepFrom(double least) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (weights[i] >= least) {
        ids[kept] = ids[i];
        weights[kept++] = weights[i];
      }
    }
    size = kept;
  }

  /** Keeps the smallest leading set with this much weight. */
  private void keepLeading(double mass) {
    double missing = mass;
    int from = 0;
    int to = size; // the set ends behind from, and not behind to
    while (from < to) {
      int pivot = partition(from, to);
      double before = sum(from, pivot);
      if (before >= missing) {
        to = pivot;
      } else if (before + weights[pivot] >= missing) {
        from = pivot + 1;
        to = from;
      } else {
        missing -= before + weights[pivot];
        from = pivot + 1;
      }
    }
    size = to;
  }

  /** Moves what leads the middle one before it, the others behind it; returns where it is then. */
  private int partition(int from, int to) {
    swap((from + to) >>> 1, to - 1);
    int place = from;
    for (int i = from; i < to - 1; i++) {
      if (leads(i, to - 1)) {
        swap(i, place++);
      }
    }
    swap(place, to - 1);
    return place;
  }

  private boolean leads(int left, int right) {
    return weights[left] > weights[right]
        || (weights[left] == weights[right] && ids[left] < ids[right]);
  }

  private void swap(int left, int right) {
    int id = ids[left];
    double weight = weights[left];
    ids[left] = ids[right];
    weights[left] = weights[right];
    ids[right] = id;
    weights[right] = weight;
  }
}
