#include "sessions/protocol.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <utility>

#include "fields.hpp"
#include "reading_json.hpp"
#include "turns/protocol.hpp"

namespace idi::api {
namespace {

constexpr std::int64_t max_listed = 200;
constexpr std::int64_t default_listed = 50;

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) {
    if (!all.empty()) all += ',';
    all += text;
  }
  return all;
}

bool has_feedback(const session::Turn& turn) {
  return turn.verdict != session::Verdict::none || !turn.comment.empty();
}

/// The error of a turn that failed, if it can be read.
std::optional<json::object> kept_error(const std::string& document) {
  auto error = parse_object(document, "the error");
  if (!error || !error->contains("code") || !error->contains("message")) return std::nullopt;
  return std::move(*error);
}

json::object turn_json(const session::Turn& turn) {
  json::object object{{"id", turn.id}, {"question", json_text(turn.question)}};
  if (!turn.standalone_question.empty()) {
    object["standalone_question"] = json_text(turn.standalone_question);
  }
  object["sql"] = json_text(turn.sql);
  object["written_by_person"] = turn.written_by_person;
  if (turn.clarifies != 0) object["clarifies"] = turn.clarifies;
  object["state"] = session::turn_state_name(turn.state);
  if (has_feedback(turn)) object["feedback"] = feedback_json(turn.verdict, turn.comment);
  object["created_at"] = turn.created_ms;
  if (turn.finished_ms > 0) object["finished_at"] = turn.finished_ms;
  return object;
}

}  // namespace

Result<session::SessionChange> session_change_from_json(json::object object) {
  Fields fields(std::move(object));
  session::SessionChange change;
  change.name = fields.text("name", session::max_name_bytes);
  change.description = fields.text("description", session::max_description_bytes);
  change.tags = fields.texts("tags", session::max_tags, session::max_tag_bytes);
  IDI_CHECK(fields.done());
  return change;
}

Result<session::SessionQuery> session_query_from_json(json::object object) {
  Fields fields(std::move(object));
  session::SessionQuery query;
  query.search = fields.text("search", session::max_search_bytes).value_or("");
  query.tag = fields.text("tag", session::max_tag_bytes).value_or("");
  query.limit = fields.integer("limit", 1, max_listed).value_or(default_listed);
  query.offset = fields.integer("offset", 0, session::max_sessions).value_or(0);
  IDI_CHECK(fields.done());
  return query;
}

Result<std::optional<std::string>> clarification_from_json(json::object object) {
  Fields fields(std::move(object));
  auto clarification = fields.text("clarification", session::max_resolution_bytes);
  if (clarification && clarification->empty()) fields.refuse("clarification", "is empty");
  IDI_CHECK(fields.done());
  return clarification;
}

std::string session_text(const session::Session& session, bool running) {
  return json::serialize(json::object{{"id", json_text(session.id)},
                                      {"name", json_text(session.name)},
                                      {"description", json_text(session.description)},
                                      {"tags", json_texts(session.tags)},
                                      {"database", json_text(session.database)},
                                      {"created_at", session.created_ms},
                                      {"updated_at", session.updated_ms},
                                      {"turn_count", session.turn_count},
                                      {"running", running}});
}

std::string session_list_text(const std::vector<std::string>& sessions, std::int64_t total) {
  return "{\"sessions\":[" + joined(sessions) + "],\"total\":" + std::to_string(total) + "}";
}

std::string resolution_list_text(const std::vector<session::Resolution>& resolutions) {
  json::array array;
  for (const auto& one : resolutions) {
    json::object object = resolution_json({one.clarification, one.option, one.phrase, one.label});
    object["created_at"] = one.chosen_ms;
    array.push_back(std::move(object));
  }
  return json::serialize(json::object{{"resolutions", std::move(array)}});
}

std::string turn_text(const session::Turn& turn) {
  json::object object = turn_json(turn);
  if (turn.state == session::TurnState::failed) {
    if (auto error = kept_error(turn.document)) object["error"] = std::move(*error);
  }
  std::string text = json::serialize(object);
  if (turn.state == session::TurnState::answered && !turn.document.empty()) {
    if (const auto answer = shown_answer(turn)) {
      text.pop_back();
      text += ",\"answer\":" + *answer + "}";
    }
  }
  return text;
}

std::string conversation_text(std::string_view session, const std::vector<std::string>& turns,
                              std::int64_t seq) {
  std::string text = "{\"session\":";
  text += session;
  text += ",\"turns\":[" + joined(turns) + "],\"seq\":" + std::to_string(seq) + "}";
  return text;
}

}  // namespace idi::api
