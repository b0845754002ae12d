package dev.kvasir.web;

import dev.kvasir.web.alerts.AlertsBody;
import dev.kvasir.web.alerts.RuleRequest;
import dev.kvasir.web.alerts.RulesBody;
import dev.kvasir.web.audit.AuditBody;
import dev.kvasir.web.cache.BlocksBody;
import dev.kvasir.web.cache.ClearedBody;
import dev.kvasir.web.cache.ClusterBody;
import dev.kvasir.web.cache.DrainBody;
import dev.kvasir.web.cache.FindRequest;
import dev.kvasir.web.cache.FoundBody;
import dev.kvasir.web.cache.HistoryBody;
import dev.kvasir.web.cache.LeftBody;
import dev.kvasir.web.cache.ParametersBody;
import dev.kvasir.web.cache.PinRequest;
import dev.kvasir.web.cache.PinnedBody;
import dev.kvasir.web.cache.PolicyBody;
import dev.kvasir.web.cache.RevertRequest;
import dev.kvasir.web.cache.RunsBody;
import dev.kvasir.web.cache.ShadowBody;
import dev.kvasir.web.cache.StatsBody;
import dev.kvasir.web.cache.TenantLimitsBody;
import dev.kvasir.web.cache.WhatIfBody;
import dev.kvasir.web.groups.ConsentRequest;
import dev.kvasir.web.groups.GroupBody;
import dev.kvasir.web.groups.GroupChangeBody;
import dev.kvasir.web.groups.GroupRequest;
import dev.kvasir.web.groups.GroupsBody;
import dev.kvasir.web.json.WireNames;
import dev.kvasir.web.openai.ChatCompletion;
import dev.kvasir.web.openai.ChatCompletionChunk;
import dev.kvasir.web.openai.ChatCompletionRequest;
import dev.kvasir.web.openai.DetokenizeRequest;
import dev.kvasir.web.openai.DetokenizeResponse;
import dev.kvasir.web.openai.EmbeddingList;
import dev.kvasir.web.openai.EmbeddingRequest;
import dev.kvasir.web.openai.ErrorBody;
import dev.kvasir.web.openai.ModelCard;
import dev.kvasir.web.openai.ModelList;
import dev.kvasir.web.openai.Problem;
import dev.kvasir.web.openai.ResponseEvent;
import dev.kvasir.web.openai.ResponseObject;
import dev.kvasir.web.openai.ResponseRequest;
import dev.kvasir.web.openai.TextCompletion;
import dev.kvasir.web.openai.TextCompletionRequest;
import dev.kvasir.web.openai.TokenizeRequest;
import dev.kvasir.web.openai.TokenizeResponse;
import dev.kvasir.web.route.RouteBody;
import dev.kvasir.web.tenants.KeyBody;
import dev.kvasir.web.tenants.KeyRequest;
import dev.kvasir.web.tenants.KeysBody;
import dev.kvasir.web.tenants.NewKeyBody;
import dev.kvasir.web.tenants.RemovedBody;
import dev.kvasir.web.tenants.TenantBody;
import dev.kvasir.web.tenants.TenantRequest;
import dev.kvasir.web.tenants.TenantsBody;
import dev.kvasir.web.warm.WarmBody;
import dev.kvasir.web.warm.WarmListBody;
import dev.kvasir.web.warm.WarmRequest;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Fills the schemas of /openapi from the wire records, whose components the scanner passes over.
 */
public class WireSchemas implements OASFilter {
  private static final List<Class<? extends Record>> WIRE =
      List.of(
          AlertsBody.class,
          AuditBody.class,
          BlocksBody.class,
          ChatCompletion.class,
          ChatCompletionChunk.class,
          ChatCompletionRequest.class,
          ClearedBody.class,
          ClusterBody.class,
          DetokenizeRequest.class,
          DetokenizeResponse.class,
          DrainBody.class,
          EmbeddingList.class,
          EmbeddingRequest.class,
          ErrorBody.class,
          FindRequest.class,
          FoundBody.class,
          ConsentRequest.class,
          GroupBody.class,
          GroupChangeBody.class,
          GroupRequest.class,
          GroupsBody.class,
          HistoryBody.class,
          LeftBody.class,
          ModelCard.class,
          ModelList.class,
          PinRequest.class,
          PinnedBody.class,
          ParametersBody.class,
          PolicyBody.class,
          Problem.class,
          ResponseEvent.class,
          ResponseObject.class,
          ResponseRequest.class,
          RevertRequest.class,
          RouteBody.class,
          RuleRequest.class,
          RulesBody.class,
          RunsBody.class,
          ShadowBody.class,
          StatsBody.class,
          TenantLimitsBody.class,
          TextCompletion.class,
          TextCompletionRequest.class,
          TokenizeRequest.class,
          TokenizeResponse.class,
          TenantRequest.class,
          TenantsBody.class,
          TenantBody.class,
          KeyBody.class,
          KeyRequest.class,
          KeysBody.class,
          NewKeyBody.class,
          RemovedBody.class,
          WarmBody.class,
          WarmListBody.class,
          WarmRequest.class,
          WhatIfBody.class);

  private static final Map<Class<?>, Schema.SchemaType> PRIMITIVES =
      Map.of(
          String.class, Schema.SchemaType.STRING,
          Boolean.class, Schema.SchemaType.BOOLEAN,
          boolean.class, Schema.SchemaType.BOOLEAN,
          Double.class, Schema.SchemaType.NUMBER,
          double.class, Schema.SchemaType.NUMBER,
          Integer.class, Schema.SchemaType.INTEGER,
          int.class, Schema.SchemaType.INTEGER,
          Long.class, Schema.SchemaType.INTEGER,
          long.class, Schema.SchemaType.INTEGER);

  @Override
  public void filterOpenAPI(OpenAPI api) {
    Components components = api.getComponents();
    if (components != null) {
      WIRE.forEach(type -> components.addSchema(type.getSimpleName(), object(type)));
    }
    DeclaredFaults.addTo(api);
  }

  private static Schema object(Class<?> type) {
    Schema object = schema(Schema.SchemaType.OBJECT);
    for (RecordComponent component : type.getRecordComponents()) {
      object.addProperty(WireNames.of(component), of(component.getGenericType()));
    }
    return object;
  }

  private static Schema of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? schema(Schema.SchemaType.ARRAY).items(of(arguments[0]))
          : schema(Schema.SchemaType.OBJECT).additionalPropertiesSchema(of(arguments[1]));
    }
    if (type instanceof Class<?> record && record.isRecord()) {
      return object(record);
    }
    Schema.SchemaType primitive = type instanceof Class<?> simple ? PRIMITIVES.get(simple) : null;
    // Without a type: a text or an array, as the field's own rules say.
    return primitive == null ? OASFactory.createSchema() : schema(primitive);
  }

  private static Schema schema(Schema.SchemaType type) {
    return OASFactory.createSchema().type(type);
  }
}
