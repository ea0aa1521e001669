#include "turns/service.hpp"

#include <boost/json/serialize.hpp>

#include "visualization.hpp"

namespace idi::api {

Result<std::string> TurnService::put_feedback(std::string_view session_id, std::int64_t turn_id,
                                              const Feedback& feedback) {
  session::TurnChange change;
  change.verdict = feedback.verdict;
  change.comment = feedback.comment;
  IDI_TRY(const auto turn, store_->change_turn(session_id, turn_id, change));
  return json::serialize(feedback_json(turn.verdict, turn.comment));
}

Result<std::string> TurnService::put_chart(std::string_view session_id, std::int64_t turn_id,
                                           const chart::Choice& choice) {
  IDI_TRY(const auto turn, store_->turn(session_id, turn_id));
  const std::string text = choice_text(choice);
  IDI_TRY(auto visualization, visualization_of(turn, text));
  session::TurnChange change;
  change.chart_choice = is_empty(choice) ? std::string() : text;
  IDI_CHECK(store_->change_turn(session_id, turn_id, change));
  return visualization;
}

}  // namespace idi::api
