#include "query/protocol.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <utility>

#include "clock.hpp"
#include "fields.hpp"
#include "idi/core/text.hpp"

namespace idi::api {
namespace {

json::object event(std::string_view type, EventPlace place) {
  return {{"type", type}, {"seq", place.seq}, {"turn_id", place.turn_id}};
}

bool is_blank(std::string_view text) { return text::trim(text).empty(); }

Result<ClientMessage> query_message(Fields fields) {
  QueryMessage message;
  fields.require("query");
  message.query = fields.text("query", max_query_bytes).value_or("");
  if (is_blank(message.query)) fields.refuse("query", "is empty");
  message.keywords = fields.texts("keywords", max_keywords, max_keyword_bytes)
                         .value_or(std::vector<std::string>{});
  message.standalone = fields.boolean("standalone").value_or(false);
  message.ask_back = fields.boolean("ask_back").value_or(true);
  IDI_CHECK(fields.done());
  return ClientMessage(std::move(message));
}

Result<ClientMessage> run_sql_message(Fields fields) {
  RunSqlMessage message;
  fields.require("sql");
  message.sql = fields.text("sql", max_sql_bytes).value_or("");
  if (is_blank(message.sql)) fields.refuse("sql", "is empty");
  IDI_CHECK(fields.done());
  return ClientMessage(std::move(message));
}

std::string choice_field(Fields& fields, std::string_view name) {
  fields.require(name);
  auto text = fields.text(name, max_choice_bytes).value_or("");
  if (text.empty()) fields.refuse(name, "is empty");
  return text;
}

Result<ClientMessage> clarify_message(Fields fields) {
  ClarifyMessage message;
  fields.require("turn_id");
  message.turn_id = fields.integer("turn_id", 1, INT64_MAX).value_or(0);
  message.clarification = choice_field(fields, "clarification");
  message.option = choice_field(fields, "option");
  IDI_CHECK(fields.done());
  return ClientMessage(std::move(message));
}

}  // namespace

Result<ClientMessage> parse_client_message(std::string_view text) {
  IDI_TRY(auto object, parse_object(text, "the message"));
  Fields fields(std::move(object));
  fields.require("type");
  const auto type = fields.text("type", 40);
  if (type == "query") return query_message(std::move(fields));
  if (type == "run_sql") return run_sql_message(std::move(fields));
  if (type == "clarify") return clarify_message(std::move(fields));
  if (type == "cancel") {
    IDI_CHECK(fields.done());
    return ClientMessage(CancelMessage{});
  }
  fields.refuse("type", "must be query, run_sql, clarify or cancel");
  IDI_CHECK(fields.done());
  return make_error(ErrorCode::internal, "a message of no type was accepted");
}

Result<QueryRequest> parse_query_request(json::object object) {
  Fields fields(std::move(object));
  QueryRequest request;
  fields.require("query");
  request.query = fields.text("query", max_query_bytes).value_or("");
  if (is_blank(request.query)) fields.refuse("query", "is empty");
  if (auto session_id = fields.text("session_id", 100)) {
    if (session_id->empty()) fields.refuse("session_id", "is empty");
    request.session_id = std::move(*session_id);
  }
  request.ask_back = fields.boolean("ask_back").value_or(true);
  request.max_rows = fields.integer("max_rows", 1, max_requested_rows);
  request.timeout_ms = fields.integer("timeout_ms", 1, max_requested_timeout_ms);
  IDI_CHECK(fields.done());
  return request;
}

Result<ClarifyRequest> parse_clarify_request(json::object object) {
  Fields fields(std::move(object));
  ClarifyRequest request;
  request.clarification = choice_field(fields, "clarification");
  request.option = choice_field(fields, "option");
  request.max_rows = fields.integer("max_rows", 1, max_requested_rows);
  request.timeout_ms = fields.integer("timeout_ms", 1, max_requested_timeout_ms);
  IDI_CHECK(fields.done());
  return request;
}

std::string hello_text(std::string_view session_id, std::int64_t seq,
                       std::optional<std::int64_t> running_turn) {
  json::object object{{"type", "hello"}, {"session_id", json_text(session_id)}, {"seq", seq}};
  if (running_turn) object["running_turn"] = *running_turn;
  return json::serialize(object);
}

std::string started_text(EventPlace place, const Started& started) {
  json::object object = event("started", place);
  object["question"] = json_text(started.question);
  if (!started.sql.empty()) object["sql"] = json_text(started.sql);
  if (started.clarifies != 0) object["clarifies"] = started.clarifies;
  if (!started.session_name.empty()) object["session_name"] = json_text(started.session_name);
  object["timestamp"] = now_ms();
  return json::serialize(object);
}

std::string queued_text(EventPlace place, int position) {
  json::object object = event("queued", place);
  object["position"] = position;
  return json::serialize(object);
}

std::string progress_text(EventPlace place, const engine::Progress& progress, double elapsed_ms) {
  json::object object = event("progress", place);
  object["phase"] = engine::phase_name(progress.phase);
  object["message"] = json_text(progress.message);
  object["progress"] = std::clamp(progress.percent, 0.0, 100.0);
  object["elapsed_ms"] = elapsed_ms;
  object["timestamp"] = now_ms();
  return json::serialize(object);
}

std::string token_text(EventPlace place, const engine::DraftToken& token) {
  json::object object = event("token", place);
  object["text"] = json_text(token.text);
  object["position"] = token.position;
  return json::serialize(object);
}

std::string result_text(EventPlace place, std::string_view answer) {
  json::object object = event("result", place);
  object["success"] = true;
  std::string text = json::serialize(object);
  text.pop_back();
  text += ",\"data\":";
  text += answer;
  text += '}';
  return text;
}

std::string cancelled_text(EventPlace place, double elapsed_ms) {
  json::object object = event("cancelled", place);
  object["elapsed_ms"] = elapsed_ms;
  return json::serialize(object);
}

std::string error_text(EventPlace place, const Error& error) {
  json::object object{{"type", "error"}, {"seq", place.seq}};
  if (place.turn_id != 0) object["turn_id"] = place.turn_id;
  for (auto& field : error_json(error)) object[field.key()] = std::move(field.value());
  return json::serialize(object);
}

std::string query_reply_text(std::string_view answer) {
  std::string text = "{\"success\":true,\"data\":";
  text += answer;
  text += '}';
  return text;
}

}  // namespace idi::api
