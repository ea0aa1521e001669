#include "turns/protocol.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "fields.hpp"
#include "idi/chart/chart.hpp"
#include "kept_answer.hpp"
#include "visualization.hpp"

namespace idi::api {
namespace {

std::string_view verdict_name(session::Verdict verdict) {
  switch (verdict) {
    case session::Verdict::up:
      return "up";
    case session::Verdict::down:
      return "down";
    case session::Verdict::none:
      break;
  }
  return "none";
}

Result<std::string> chosen_visualization(const KeptAnswer& kept, std::string_view choice) {
  IDI_TRY(auto object, parse_object(choice, "the chart"));
  IDI_TRY(const auto wanted, choice_from_json(std::move(object)));
  if (is_empty(wanted)) return kept.visualization;
  IDI_TRY(const auto result, result_of(kept));
  const auto before = json::parse({kept.visualization.data(), kept.visualization.size()});
  const auto& title = before.as_object().at("title").as_string();
  IDI_TRY(const auto chart,
          chart::make_chart(result.table, result.hints, wanted, {title.data(), title.size()}));
  return json::serialize(visualization_json(chart, ChosenBy::user));
}

}  // namespace

Result<Feedback> feedback_from_json(json::object object) {
  Fields fields(std::move(object));
  Feedback feedback;
  fields.require("verdict");
  const auto verdict = fields.text("verdict", 10);
  if (verdict == "up") {
    feedback.verdict = session::Verdict::up;
  } else if (verdict == "down") {
    feedback.verdict = session::Verdict::down;
  } else if (verdict != "none") {
    fields.refuse("verdict", "must be none, up or down");
  }
  feedback.comment = fields.text("comment", session::max_comment_bytes);
  IDI_CHECK(fields.done());
  return feedback;
}

json::object feedback_json(session::Verdict verdict, std::string_view comment) {
  json::object object{{"verdict", verdict_name(verdict)}};
  if (!comment.empty()) object["comment"] = json_text(comment);
  return object;
}

std::optional<std::string> shown_answer(const session::Turn& turn) {
  auto kept = read_document(turn.document);
  if (!kept) return std::nullopt;
  if (!turn.chart_choice.empty()) {
    // A choice that the rules no longer allow (they changed) gives way to what was kept.
    if (auto chosen = visualization_of(turn, turn.chart_choice)) {
      kept->visualization = std::move(*chosen);
    }
  }
  return kept->answer();
}

Result<std::string> visualization_of(const session::Turn& turn, std::string_view choice) {
  if (turn.state != session::TurnState::answered || turn.document.empty()) {
    return make_error(ErrorCode::not_found, "this turn has no result that could be drawn");
  }
  IDI_TRY(const auto kept, read_document(turn.document));
  try {
    return chosen_visualization(kept, choice);
  } catch (const std::exception&) {
    // Not a document of ours, or damaged on the disk.
    return make_error(ErrorCode::internal, "the answer that was kept cannot be read");
  }
}

}  // namespace idi::api
