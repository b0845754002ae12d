package dev.kvasir.web.completion;

import dev.kvasir.cache.route.RouteFinder.FoundRoute;
import dev.kvasir.completion.Approximation;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.web.access.KeyCaller;
import dev.kvasir.web.client.ClientConnection;
import dev.kvasir.web.client.ConnectionWatch;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.limit.RateLimits;
import dev.kvasir.web.openai.CompletionFields;
import dev.kvasir.web.openai.KvasirRoute;
import dev.kvasir.web.route.Forwarder;
import dev.kvasir.web.route.NodeCall;
import dev.kvasir.web.stream.AnswerStream;
import dev.kvasir.web.stream.RelayedStream;
import dev.kvasir.web.tenant.Tenant;
import dev.kvasir.web.trail.RequestIdFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Optional;

/** The one way from a request for a completion to its answer, whatever its kind. */
@ApplicationScoped
public class CompletionEndpoint {
  /** Names the policy of an approximate answer that comes in one piece; absent from exact ones. */
  static final String APPROXIMATE = "X-Kvasir-Approximate";

  @Inject BoundedCompletions completions;
  @Inject ConnectionWatch connections;
  @Inject RateLimits limits;
  @Inject Forwarder forwarder;
  @Inject HttpServletRequest request;

  /**
   * Answers whole, or as a stream where the request says so; stops soon after the client has left.
   * Another node answers where it has more of the prompt, and requests are forwarded.
   *
   * @throws dev.kvasir.web.fault.RequestFault naming the first field that is not as it must be
   */
  public <W extends Record & CompletionFields> Response answer(
      CompletionKind<W> kind, JsonBody body, SecurityContext caller) {
    Arrival arrival = Arrival.now(RequestIdFilter.idOf(request), Tenant.of(caller));
    CheckedRequest checked = CheckedRequest.of(kind, body, completions.model(), arrival);
    CompletionService asked =
        new NamedFormat(charging(limits.admit(KeyCaller.of(request))), checked.formatField());
    ClientConnection client = connections.of(request);
    Optional<FoundRoute> route = forwarder.find(checked.request(), request);
    Optional<NodeCall> there = forwarder.call(route, request, body, client::isOpen);
    Optional<KvasirRoute> told = forwarder.told(route);
    AnswerForm form = checked.answers().apply(told.orElse(null));
    Response answer =
        checked.streams()
            ? StreamWish.response(stream(asked, checked.request(), form, client, there))
            : there
                .flatMap(call -> completions.inPlace(call::whole))
                .map(whole -> Response.ok(whole, MediaType.APPLICATION_JSON_TYPE).build())
                .orElseGet(
                    () ->
                        whole(asked.complete(checked.request(), new WaitingClient(client)), form));
    told.ifPresent(named -> answer.getHeaders().putSingle(Forwarder.ROUTE, named.node()));
    return answer;
  }

  private StreamingOutput stream(
      CompletionService asked,
      CompletionRequest wanted,
      AnswerForm form,
      ClientConnection client,
      Optional<NodeCall> there) {
    StreamingOutput here = new AnswerStream(asked, wanted, form, client::isOpen);
    return there
        .map(call -> new RelayedStream(call::open, form))
        .<StreamingOutput>map(
            relayed ->
                out -> {
                  if (!completions.inPlace(() -> relayed.write(out))) {
                    here.write(out);
                  }
                })
        .orElse(here);
  }

  /** The completions, whose tokens are charged once they are done. */
  private CompletionService charging(RateLimits.Account account) {
    return new CompletionService() {
      @Override
      public ModelInfo model() {
        return completions.model();
      }

      @Override
      public Completion complete(CompletionRequest request, TokenSink sink) {
        Completion completion = completions.complete(request, sink);
        account.charge(completion.promptTokens() + completion.newTokens());
        return completion;
      }
    };
  }

  /**
   * The answer in one piece.
   *
   * @throws RequestFault if one of its choices was cancelled: then nobody is there for the others
   */
  static Response whole(Completion completion, AnswerForm form) {
    if (completion.isCancelled()) {
      throw RequestFault.clientLeft();
    }
    Approximation approximation = completion.cache().approximation();
    return Response.ok(form.whole(completion), MediaType.APPLICATION_JSON_TYPE)
        .header(APPROXIMATE, approximation == null ? null : approximation.policy().label())
        .build();
  }
}
