package dev.kvasir.it;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.inference.InferenceConnectionFactory;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.Dependent;

/** What a bean of our own application sees. */
@Dependent
public class Inside {
  @Resource(lookup = "jca/inference")
  InferenceConnectionFactory slots;

  @EJB CacheAdmin admin;
  @EJB CompletionService completions;
}
